package platform.core.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Makes the administrator's password at the first start. Only a slow salted hash of it is ever written. A password that
 * nobody has seen, since that start failed, is made anew at the next one: hence the mark beside the file.
 */
final class AdminPassword {

    static final String VARIABLE = "PLATFORM_ADMIN_PASSWORD";

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int ITERATIONS = 210_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 64;
    private static final int LENGTH = 20;
    /** Letters and digits without those that are easily misread. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private final Path file;
    private final Path unseen;
    private final String made;

    private AdminPassword(Path file, Path unseen, String made) {
        this.file = file;
        this.unseen = unseen;
        this.made = made;
    }

    /**
     * Makes the password unless there is one.
     *
     * @param chosen the password to take; null or empty to make a random one
     */
    static AdminPassword ensure(DataFolder data, String chosen) {
        Path file = data.path("secrets/admin");
        Path unseen = data.path("secrets/admin.unseen");
        if (Files.exists(file) && !Files.exists(unseen)) {
            return new AdminPassword(file, unseen, null);
        }
        boolean random = chosen == null || chosen.isEmpty();
        SecureRandom source = new SecureRandom();
        AdminPassword password = new AdminPassword(file, unseen, random ? random(source) : null);
        password.write(random ? password.made : chosen, source);
        return password;
    }

    /** The password that was made now, which nobody has seen yet. */
    Optional<String> made() {
        return Optional.ofNullable(made);
    }

    /** The password has been shown: from now on it stays. */
    void shown() {
        try {
            Files.deleteIfExists(unseen);
        } catch (IOException e) {
            throw new LaunchException("The file " + unseen + " cannot be removed: " + e, e);
        }
    }

    private static String random(SecureRandom source) {
        StringBuilder password = new StringBuilder(LENGTH);
        while (password.length() < LENGTH) {
            password.append(ALPHABET.charAt(source.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    private void write(String password, SecureRandom source) {
        byte[] salt = new byte[SALT_BYTES];
        source.nextBytes(salt);
        try {
            if (made != null && !Files.exists(unseen)) {
                Files.createFile(unseen);
            }
            Path fresh = file.resolveSibling("admin.new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, ownerOnly());
            Files.writeString(fresh, line(password, salt) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LaunchException("The administrator's password cannot be written to " + file + ": " + e, e);
        }
        if (made == null) {
            shown();
        }
    }

    private static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }

    private static String line(String password, byte[] salt) {
        Base64.Encoder base64 = Base64.getEncoder();
        return "admin:pbkdf2-sha512:" + ITERATIONS + ":" + base64.encodeToString(salt) + ":"
                + base64.encodeToString(hash(password, salt));
    }

    private static byte[] hash(String password, byte[] salt) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, HASH_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new LaunchException("This Java lacks " + ALGORITHM + ": choose another with PLATFORM_JAVA_HOME.", e);
        } finally {
            spec.clearPassword();
        }
    }
}
