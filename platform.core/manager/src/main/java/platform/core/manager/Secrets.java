package platform.core.manager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.function.Supplier;

/** Secrets that rest in files which only the platform's user reads. */
final class Secrets {

    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;

    Secrets(Path folder) {
        this.folder = folder;
    }

    /** A password of that many characters, drawn from letters and digits that are hard to confuse. */
    static String newPassword(int length) {
        StringBuilder password = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            password.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    /** The secret of that name; where there is none yet, the given one is kept from now on. */
    String getOrKeep(String name, Supplier<String> fresh) {
        Path file = folder.resolve(name);
        try {
            if (!Files.exists(file)) {
                write(file, fresh.get());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The secret " + file + " cannot be read or made", e);
        }
    }

    /** Keeps a secret in the place of the former one of that name. */
    void replace(String name, String secret) {
        Path file = folder.resolve(name);
        try {
            write(file, secret);
        } catch (IOException e) {
            throw new UncheckedIOException("The secret " + file + " cannot be written", e);
        }
    }

    /** The secret that is to take the place of the one of that name: noted beside it, the given one if there is none yet. */
    String noteNext(String name, Supplier<String> fresh) {
        return getOrKeep(next(name), fresh);
    }

    /** Puts the noted secret into the place of the one of that name; does nothing when none is noted. */
    void keepNext(String name) {
        Path noted = folder.resolve(next(name));
        try {
            if (Files.exists(noted)) {
                Files.move(noted, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The secret " + noted + " cannot take the place of the former", e);
        }
    }

    /** The name under which the next secret is noted. */
    static String next(String name) {
        return name + ".next";
    }

    /** Written beside and renamed, so that a crash leaves no half of it. */
    private void write(Path file, String secret) throws IOException {
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path fresh = Files.createTempFile(folder, file.getFileName().toString(), ".new", onlyOwner);
        Files.write(fresh, (secret + "\n").getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
