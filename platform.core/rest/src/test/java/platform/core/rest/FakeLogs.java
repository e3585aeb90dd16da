package platform.core.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import platform.tracing.api.LogException;
import platform.tracing.api.LogLevel;
import platform.tracing.api.LogRecord;

/** The log of an app, which has a record of each minute of the last ten, of two instances in turn. */
final class FakeLogs {

    private static final int MINUTES = 10;

    private final Instant now = Instant.now();
    boolean broken;

    List<String> names() {
        return List.of("files", "platform");
    }

    List<LogRecord> last(String log, Instant since, Predicate<LogRecord> wanted, int count) {
        if (broken) {
            throw LogException.unreadable("The log " + log + " cannot be read. Look at the disk.", null);
        }
        if (!names().contains(log)) {
            throw LogException.missing("There is no such log. There are: files, platform.");
        }
        return IntStream.range(0, MINUTES)
                .mapToObj(this::minute)
                .filter(it -> !it.time().isBefore(since) && wanted.test(it))
                .limit(count)
                .toList();
    }

    private LogRecord minute(int ago) {
        boolean even = ago % 2 == 0;
        return new LogRecord(
                now.minus(Duration.ofMinutes(ago)),
                even ? LogLevel.INFO : LogLevel.ERROR,
                ago == 0 ? Optional.empty() : Optional.of(even ? "acme@example.com" : "bolt@example.org"),
                "main",
                "app.files.Store",
                "minute " + ago,
                List.of("head", "  at app.files.Store.keep"));
    }
}
