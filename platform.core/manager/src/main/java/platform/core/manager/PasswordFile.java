package platform.core.manager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import platform.core.api.Administrators;

/**
 * The administrator's login, kept in {@code secrets/admin} as {@code user:pbkdf2-sha512:iterations:salt:hash}. The launcher
 * makes the file at the first start; it is read at each login, so that a new file takes effect at once.
 */
@Component
public final class PasswordFile implements Administrators {

    private static final String ALGORITHM = "pbkdf2-sha512";

    private final Path file;

    @Activate
    public PasswordFile(BundleContext context) {
        this(PlatformFolders.of(context).data().resolve("secrets").resolve("admin"));
    }

    PasswordFile(Path file) {
        this.file = file;
    }

    @Override
    public boolean authenticate(String user, char[] password) {
        String[] fields = read().split(":");
        if (fields.length != 5 || !fields[1].equals(ALGORITHM)) {
            throw new IllegalStateException("The password file " + file + " has an unknown format. Remove it: the next"
                    + " start of the platform makes a new password.");
        }
        Base64.Decoder base64 = Base64.getDecoder();
        byte[] expected = base64.decode(fields[4]);
        byte[] given = hash(password, base64.decode(fields[3]), Integer.parseInt(fields[2]), expected.length);
        // The hash is computed for an unknown name too, so that the time tells nothing.
        return MessageDigest.isEqual(expected, given) & fields[0].equals(user);
    }

    private String read() {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The password file " + file + " cannot be read", e);
        }
    }

    private static byte[] hash(char[] password, byte[] salt, int iterations, int bytes) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, bytes * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
        }
    }
}
