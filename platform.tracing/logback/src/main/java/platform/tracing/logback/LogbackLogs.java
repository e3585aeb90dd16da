package platform.tracing.logback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import platform.tracing.api.LogException;
import platform.tracing.api.LogRecord;
import platform.tracing.api.Logs;

/** Reads the files that {@link LogFile} writes: {@code NAME/NAME.log}, {@code NAME/NAME.1.log} and so on. */
@Component(service = Logs.class)
public final class LogbackLogs implements Logs {

    private final Path folder;

    @Activate
    public LogbackLogs(BundleContext bundle) {
        this(LogbackTracing.logs(bundle));
    }

    LogbackLogs(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<String> names() {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.map(it -> it.getFileName().toString())
                    .filter(name -> Files.isRegularFile(file(name)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw LogException.unreadable("The logs in " + folder + " cannot be listed: " + e, e);
        }
    }

    private Path file(String name) {
        return LogFile.in(folder, name);
    }

    private Path find(String name) {
        List<String> names = names();
        if (!names.contains(name)) {
            throw LogException.missing("There is no such log. There are: " + String.join(", ", names) + ".");
        }
        return file(name);
    }

    @Override
    public List<LogRecord> last(String log, Instant since, Predicate<LogRecord> wanted, int count) {
        Path file = find(log);
        List<LogRecord> found = new ArrayList<>();
        Predicate<LogRecord> all = wanted.and(it -> !it.time().isBefore(since));
        try {
            // A file that is rolled meanwhile is met again under its next name.
            Set<Object> met = new HashSet<>();
            for (int i = 0; found.size() < count && isRecent(LogFile.rolled(file, i), since); i++) {
                Path part = LogFile.rolled(file, i);
                if (met.add(Files.getAttribute(part, "unix:ino"))) {
                    found.addAll(newestFirst(part, all, count - found.size()));
                }
            }
        } catch (NoSuchFileException e) {
            return found;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return found;
    }

    private static boolean isRecent(Path file, Instant since) throws IOException {
        return Files.exists(file)
                && !Files.getLastModifiedTime(file).toInstant().isBefore(since);
    }

    private static Deque<LogRecord> newestFirst(Path file, Predicate<LogRecord> wanted, int count) throws IOException {
        Deque<LogRecord> last = new ArrayDeque<>();
        LogRecords.read(file, it -> {
            if (wanted.test(it)) {
                last.addFirst(it);
            }
            if (last.size() > count) {
                last.removeLast();
            }
        });
        return last;
    }

    @Override
    public void follow(String log, int count, Consumer<String> reader) {
        Path file = find(log);
        try {
            new LogFollower(file, reader).run(count);
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static LogException unreadable(Path file, IOException e) {
        return LogException.unreadable("The log " + file + " cannot be read: " + e, e);
    }
}
