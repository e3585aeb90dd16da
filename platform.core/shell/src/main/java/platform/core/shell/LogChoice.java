package platform.core.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;
import platform.tracing.api.LogFilter;
import platform.tracing.api.LogLevel;

/** The options that say which records of a log are wanted. */
final class LogChoice {

    @Option(
            names = "--level",
            paramLabel = "LEAST",
            defaultValue = "TRACE",
            description = "Only from this level upwards: ERROR, WARN, INFO, DEBUG, TRACE.")
    private LogLevel level;

    @Option(names = "--logger", paramLabel = "LOGGER", description = "Only of this logger and those below it.")
    private Optional<String> logger = Optional.empty();

    @Option(names = "--instance", paramLabel = "INSTANCE", description = "Only of this instance.")
    private Optional<String> instance = Optional.empty();

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Only with this in the message or the stack trace, in upper or lower case.")
    private Optional<String> text = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description = "How far back: 7d, 12h. Default: as far as there are files.")
    private Optional<Duration> since = Optional.empty();

    LogFilter filter() {
        return new LogFilter(level, logger, instance, text);
    }

    Instant oldest() {
        return since.map(Instant.now()::minus).orElse(Instant.EPOCH);
    }
}
