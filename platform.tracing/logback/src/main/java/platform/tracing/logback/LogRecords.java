package platform.tracing.logback;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import platform.tracing.api.LogLevel;
import platform.tracing.api.LogRecord;

/** Reads what {@link LogLine} writes: a line that begins with a blank goes on with the record before it. */
final class LogRecords {

    private static final Pattern HEAD =
            Pattern.compile("(\\S+) (TRACE|DEBUG|INFO|WARN|ERROR) +(\\S+) \\[(.*?)] (\\S+) - (.*)");

    private LogRecords() {}

    /** Tells the records of a file, the oldest first. */
    static void read(Path file, Consumer<LogRecord> reader) throws IOException {
        List<String> lines = new ArrayList<>();
        // Unlike that of Files, this reader takes whatever bytes a disk that failed has left.
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.startsWith(" ")) {
                    parse(lines).ifPresent(reader);
                    lines.clear();
                }
                lines.add(line);
            }
        }
        parse(lines).ifPresent(reader);
    }

    private static Optional<LogRecord> parse(List<String> lines) {
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(HEAD.matcher(lines.get(0)))
                        .filter(Matcher::matches)
                        .flatMap(head -> time(head.group(1)).map(time -> record(time, head, lines)));
    }

    private static LogRecord record(Instant time, Matcher head, List<String> lines) {
        Optional<String> instance = Optional.of(head.group(3)).filter(it -> !it.equals(LogLine.NO_INSTANCE));
        return new LogRecord(
                time, LogLevel.valueOf(head.group(2)), instance, head.group(4), head.group(5), head.group(6), lines);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
