package platform.core.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** How times are given. */
final class Times {

    private Times() {}

    /**
     * A moment, or how long ago it was, both as in ISO 8601: {@code 2026-11-27T00:00:00Z}, {@code PT12H}.
     *
     * @throws ProblemException when it is neither
     */
    static Instant since(String text) {
        try {
            return text.startsWith("P") ? Instant.now().minus(positive(Duration.parse(text))) : Instant.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw ProblemException.invalid(
                    "'since' is a moment or how long ago it was, such as 2026-11-27T00:00:00Z or PT12H.");
        }
    }

    /**
     * @throws ProblemException when it is no time, or longer than anybody will wait
     */
    static Duration span(String property, Duration duration) {
        try {
            return positive(duration);
        } catch (DateTimeException e) {
            throw ProblemException.invalid("The property '" + property + "' is a time, such as PT12H or P7D.");
        }
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Duration positive(Duration duration) {
        if (duration.isNegative() || duration.compareTo(Duration.ofDays(36_500)) > 0) {
            throw new DateTimeException("Out of range");
        }
        return duration;
    }
}
