package platform.core.manager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code secrets/admin}, by which the launcher hands the administrator's password over: {@code user:hash}, as
 * {@link PasswordHash} understands it. It makes the file where there is none, at the first start and after a reset. When the
 * user is in the database the file says only that: the hash rests in one place.
 */
final class AdminFile {

    private static final String NAME = "admin";
    private static final String TAKEN = "taken";

    private final Path folder;
    private final String[] fields;

    AdminFile(Path folder) {
        this.folder = folder;
        this.fields = read().split(":", 2);
    }

    private String read() {
        Path file = folder.resolve(NAME);
        try {
            return Files.exists(file) ? Files.readString(file).strip() : NAME + ":" + TAKEN;
        } catch (IOException e) {
            throw new UncheckedIOException("The password file " + file + " cannot be read", e);
        }
    }

    String user() {
        return fields[0];
    }

    /** The hash that has not been taken over yet. */
    Optional<String> password() {
        return fields.length == 2 && !fields[1].equals(TAKEN) ? Optional.of(fields[1]) : Optional.empty();
    }

    /** The hash is kept elsewhere. */
    void taken() {
        if (password().isPresent()) {
            new Secrets(folder).replace(NAME, user() + ":" + TAKEN);
        }
    }
}
