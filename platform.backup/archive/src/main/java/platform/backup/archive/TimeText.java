package platform.backup.archive;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import platform.backup.api.BackupException;

/** Lengths of time as people write them in settings: {@code 7d}, {@code 36h}, {@code 90m}, {@code 45s}. */
final class TimeText {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([dhms])");

    private TimeText() {}

    /** @throws BackupException when it has not that form */
    static Duration parse(String what, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new BackupException(
                    what + " '" + text + "' is no time. Give a number and d, h, m or s, such as 36h.");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    static String of(Duration time) {
        long seconds = time.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
