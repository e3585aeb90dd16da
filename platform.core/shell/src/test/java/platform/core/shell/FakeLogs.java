package platform.core.shell;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import platform.tracing.api.LogException;
import platform.tracing.api.LogLevel;
import platform.tracing.api.LogRecord;
import platform.tracing.api.Logs;

/** A log of an hour ago, with a line that would steer the terminal. */
final class FakeLogs implements Logs {

    private final Instant start = Instant.now().minusSeconds(3600);

    @Override
    public List<String> names() {
        return List.of("files", PLATFORM);
    }

    private void check(String log) {
        if (!names().contains(log)) {
            throw LogException.missing("There is no such log. There are: files, platform.");
        }
    }

    @Override
    public List<LogRecord> last(String log, Instant since, Predicate<LogRecord> wanted, int count) {
        check(log);
        return Stream.of(record(LogLevel.WARN, "late"), record(LogLevel.INFO, "early"))
                .filter(it -> !it.time().isBefore(since) && wanted.test(it))
                .limit(count)
                .toList();
    }

    private LogRecord record(LogLevel level, String message) {
        return new LogRecord(
                start,
                level,
                Optional.of("acme@example.com"),
                "main",
                "app.files.Store",
                message,
                List.of(level + " " + message, "  at app.files\u001b[2J"));
    }

    @Override
    public void follow(String log, int count, Consumer<String> reader) {
        check(log);
        reader.accept("one of " + count);
    }
}
