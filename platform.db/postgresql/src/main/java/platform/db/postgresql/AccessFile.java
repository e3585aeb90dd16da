package platform.db.postgresql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.AccessEntry;

/**
 * The server's host-based access file, {@code pg_hba.conf}, and beside it {@code access.tsv}, what the platform remembers of
 * the entries in it: when they end and which very database they are for. Both are replaced as a whole. The server's file is
 * made anew out of the other one at each start; what cannot be read there is closed.
 */
final class AccessFile {

    private static final Logger LOG = LoggerFactory.getLogger(AccessFile.class);
    private static final String LOCAL = "host all all 127.0.0.1/32 scram-sha-256\n"
            // For the platform's base backups.
            + "host replication " + PostgresCluster.SUPERUSER + " 127.0.0.1/32 scram-sha-256\n";

    private final Path rules;
    private final Path memory;
    private final Path backup;

    AccessFile(PostgresFolders folders) {
        rules = folders.authentication();
        memory = rules.resolveSibling("access.tsv");
        backup = rules.resolveSibling("pg_hba.conf.backup");
    }

    /**
     * An entry and the database it was made for: another one that gets its name later does not inherit it.
     *
     * @param oid the database's number on the server
     */
    record Kept(AccessEntry entry, long oid) {

        boolean holds(Instant now) {
            return entry.expires().map(now::isBefore).orElse(true);
        }

        private String line() {
            return String.join(
                    "\t",
                    entry.database(),
                    Long.toString(oid),
                    entry.role(),
                    entry.cidr(),
                    entry.since().toString(),
                    entry.expires().map(Instant::toString).orElse(""));
        }

        private static Kept of(String line) {
            String[] parts = line.split("\t", -1);
            if (!parts[3].matches("[0-9a-fA-F:.]+/\\d{1,3}")) {
                throw new IllegalArgumentException("'" + parts[3] + "' is no network");
            }
            Optional<Instant> expires = parts[5].isEmpty() ? Optional.empty() : Optional.of(Instant.parse(parts[5]));
            return new Kept(
                    new AccessEntry(parts[0], parts[2], parts[3], Instant.parse(parts[4]), expires),
                    Long.parseLong(parts[1]));
        }

        private String rule() {
            return "hostssl " + quoted(entry.database()) + " " + quoted(entry.role()) + " " + entry.cidr()
                    + " scram-sha-256\n";
        }

        /** In quotes no word has a special meaning. */
        private static String quoted(String name) {
            return '"' + name.replace("\"", "\"\"") + '"';
        }
    }

    /** Whether both files can hold the name; from PostgreSQL 16 on a slash at its beginning is a regular expression. */
    static boolean canHold(String name) {
        return name.codePoints().noneMatch(Character::isISOControl) && !name.startsWith("/");
    }

    /** What is remembered. */
    List<Kept> read() throws IOException {
        List<Kept> entries = new ArrayList<>();
        for (String line : Files.exists(memory) ? Files.readAllLines(memory) : List.<String>of()) {
            try {
                entries.add(Kept.of(line));
            } catch (DateTimeException | IndexOutOfBoundsException | IllegalArgumentException e) {
                LOG.error("A line of {} makes no sense, what it let in stays out: {}", memory, e.getMessage());
            }
        }
        return entries;
    }

    /** Remembers these entries. */
    void remember(List<Kept> entries) throws IOException {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(entry.line()).append('\n'));
        replace(memory, text.toString(), "rw-------");
    }

    /** Makes the server's file of these entries, and keeps the one that was there. */
    void write(List<Kept> entries) throws IOException {
        if (Files.exists(rules)) {
            replace(backup, Files.readString(rules), "rw-r--r--");
        }
        StringBuilder text = new StringBuilder(LOCAL);
        entries.forEach(entry -> text.append(entry.rule()));
        replace(rules, text.toString(), "rw-r--r--");
    }

    /** Puts the file back that was there before the last {@link #write}. */
    void restore() throws IOException {
        replace(rules, Files.readString(backup), "rw-r--r--");
    }

    /** The server's file as a start needs it. */
    void prepare(Instant now) throws IOException {
        write(read().stream().filter(entry -> entry.holds(now)).toList());
    }

    private static void replace(Path file, String text, String mode) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        SecretFile.write(part, text);
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString(mode));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
