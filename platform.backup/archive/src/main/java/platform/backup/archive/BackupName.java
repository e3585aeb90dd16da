package platform.backup.archive;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import platform.backup.api.Backups;

/**
 * The name of a backup's file, which says what is in it and how it is opened:
 * {@code acme@example.com/acme@example.com-20261127-083000Z.tar.zst.age}.
 *
 * @param instance of which instance, or of the manager
 * @param made when its snapshot was taken, to the second
 */
record BackupName(String instance, Instant made) {

    static final String SUFFIX = ".tar.zst.age";
    private static final Pattern FORM =
            Pattern.compile("(?:.*/)?([^/]+@[^/]+|" + Backups.MANAGER + ")-(\\d{8}-\\d{6}Z)\\.tar\\.zst\\.age");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss'Z'").withZone(ZoneOffset.UTC);

    String file() {
        return instance + "/" + instance + "-" + TIME.format(made) + SUFFIX;
    }

    /** What a file's name says; empty when it is no backup's. */
    static Optional<BackupName> parse(String file) {
        Matcher matcher = FORM.matcher(file);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BackupName(matcher.group(1), TIME.parse(matcher.group(2), Instant::from)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
