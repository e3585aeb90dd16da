package platform.tracing.api;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which records of a log are wanted.
 *
 * @param level that they have at least
 * @param logger that made them, or that one below it did
 * @param instance that ran, as {@code name@domain}
 * @param text that is in the message or the stack trace, in upper or lower case
 */
public record LogFilter(LogLevel level, Optional<String> logger, Optional<String> instance, Optional<String> text)
        implements Predicate<LogRecord> {

    public LogFilter {
        text = text.map(LogFilter::lower);
    }

    @Override
    public boolean test(LogRecord it) {
        return it.level().compareTo(level) >= 0
                && logger.map(wanted -> isWithin(it.logger(), wanted)).orElse(true)
                && (instance.isEmpty() || instance.equals(it.instance()))
                && text.map(wanted -> contains(it, wanted)).orElse(true);
    }

    private static boolean isWithin(String logger, String wanted) {
        return logger.equals(wanted) || logger.startsWith(wanted + ".");
    }

    private static boolean contains(LogRecord it, String wanted) {
        return Stream.concat(Stream.of(it.message()), it.trace().stream())
                .anyMatch(line -> lower(line).contains(wanted));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
