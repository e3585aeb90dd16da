package platform.core.api;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as people write it: {@code 30d}, {@code 12h}, {@code 90m}, {@code 45s}. */
public final class TimeSpan {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([dhms])");

    private TimeSpan() {}

    /**
     * @throws PlatformException INVALID when it is none
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw PlatformException.invalid(
                    InstanceId.quoted(text) + " is no time: give a number and d, h, m or s, such as 30d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /** In the largest unit in which it is a whole number; parts of a second are left out. */
    public static String text(Duration time) {
        long seconds = time.toSeconds();
        if (seconds != 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds != 0 && seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
