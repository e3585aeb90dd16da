package platform.backup.archive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The names of a schedule's files: {@code nightly/acme@example.com/acme@example.com-20261127-020000Z.tar.zst.age}. */
final class BackupNames {

    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private static final String ENDING = ".tar.zst.age";
    private static final String TIME_ENDING = "Z" + ENDING;

    private BackupNames() {}

    static String prefix(String schedule, String instance) {
        return schedule + "/" + instance + "/" + instance + "-";
    }

    static String at(String schedule, String instance, Instant time) {
        return prefix(schedule, instance) + TIME.format(time.atOffset(ZoneOffset.UTC)) + TIME_ENDING;
    }

    static String rolling(String schedule, String instance, int index) {
        return prefix(schedule, instance) + "b" + index + ENDING;
    }

    /** The time in a name; empty when it is none of ours. */
    static Optional<Instant> time(String schedule, String instance, String name) {
        String prefix = prefix(schedule, instance);
        if (!name.startsWith(prefix)
                || !name.endsWith(TIME_ENDING)
                || name.length() < prefix.length() + TIME_ENDING.length()) {
            return Optional.empty();
        }
        try {
            String time = name.substring(prefix.length(), name.length() - TIME_ENDING.length());
            return Optional.of(LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
