package platform.backup.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import platform.backup.api.BackupException;
import platform.backup.api.BackupKeys;

/**
 * The keys: for whom backups are encrypted, and what opens them. The platform's secret keys are in one file, in the form of
 * {@code age-keygen}, so that {@code age -d -i} takes it as it is; each may be one that was used before, or elsewhere.
 */
final class KeyRing {

    static final String SECRET = "AGE-SECRET-KEY-1";
    private static final String PUBLIC = "# public key: ";

    /** The platform's key is shown once, even if the backup that it was made for has failed. */
    private static final String NOT_SHOWN = "# nobody has seen this key yet";

    private final Path file;
    private final boolean own;
    private final List<String> others;

    /**
     * @param file where the secret keys are; made with the first of them
     * @param own whether backups are encrypted for the platform itself
     * @param others the public keys of others that they are encrypted for
     */
    KeyRing(Path file, boolean own, List<String> others) {
        others.forEach(Age::checkRecipient);
        if (!own && others.isEmpty()) {
            throw new BackupException("Backups would be for nobody: set recipients, or own.key=true,"
                    + " in etc/platform.backup.archive.cfg");
        }
        this.file = file;
        this.own = own;
        this.others = List.copyOf(others);
    }

    /** All that is shown of the keys; also the platform's secret one, if it was never shown. */
    synchronized BackupKeys keys() {
        recipients();
        return shown(takeNewKey());
    }

    /** All that may be shown of the keys at any time; the platform's is missing while it was not made. */
    synchronized BackupKeys publicKeys() {
        return shown(Optional.empty());
    }

    private BackupKeys shown(Optional<String> newKey) {
        Optional<String> key = own ? publicKey() : Optional.empty();
        List<String> recipients = new ArrayList<>(key.stream().toList());
        recipients.addAll(others);
        return new BackupKeys(key, recipients, newKey);
    }

    /** For whom a backup is to be encrypted; makes the platform's key if it has none. */
    synchronized List<String> recipients() {
        if (own && publicKey().isEmpty()) {
            Age.Identity made = Age.generate();
            write(List.of(PUBLIC + made.recipient(), made.secret(), NOT_SHOWN));
        }
        return publicKeys().recipients();
    }

    /** The platform's secret key, if it was never shown; from now on it was. */
    synchronized Optional<String> takeNewKey() {
        List<String> lines = new ArrayList<>(lines());
        if (!lines.remove(NOT_SHOWN)) {
            return Optional.empty();
        }
        write(lines);
        return secrets().stream().findFirst();
    }

    /** What may open a backup. */
    List<String> secrets() {
        return lines().stream().filter(line -> line.startsWith(SECRET)).toList();
    }

    private Optional<String> publicKey() {
        Optional<String> found = lines().stream()
                .filter(line -> line.startsWith(PUBLIC))
                .map(line -> line.substring(PUBLIC.length()).strip())
                .findFirst();
        if (found.isEmpty() && !secrets().isEmpty()) {
            throw new BackupException("The file " + file + " does not name its public key: put a line '" + PUBLIC
                    + "age1…' before the secret key; age-keygen -y shows it");
        }
        return found;
    }

    private List<String> lines() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(String::strip).toList()
                    : List.of();
        } catch (IOException e) {
            throw new BackupException("The keys of the backups cannot be read from " + file + ": " + e, e);
        }
    }

    /** Written beside and renamed, so that a crash leaves no half of it. */
    private void write(List<String> lines) {
        try {
            var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Path fresh = Files.createTempFile(file.getParent(), "backup", ".new", onlyOwner);
            Files.write(fresh, lines);
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new BackupException("The keys of the backups cannot be kept in " + file + ": " + e, e);
        }
    }
}
