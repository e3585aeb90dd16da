package platform.tracing.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was logged by one call.
 *
 * @param instance the one that ran, as {@code name@domain}; empty for none
 * @param message in one line: what would begin another one is escaped
 * @param lines as they are in the file: the first has all of the above, the others are the stack trace
 */
public record LogRecord(
        Instant time,
        LogLevel level,
        Optional<String> instance,
        String thread,
        String logger,
        String message,
        List<String> lines) {

    public LogRecord {
        lines = List.copyOf(lines);
    }

    /** The lines of the stack trace; empty when it has none. */
    public List<String> trace() {
        return lines.subList(1, lines.size());
    }
}
