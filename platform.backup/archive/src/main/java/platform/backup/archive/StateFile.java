package platform.backup.archive;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.RunOutcome;
import platform.backup.api.ScheduleRun;

/** Keeps what a schedule has done over restarts, in {@code backups/state/NAME.properties} under the data folder. */
final class StateFile {

    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
    private static final String INSTANCE = "instance.";

    private StateFile() {}

    static void write(Path file, ScheduleState state) {
        Properties out = new Properties();
        out.setProperty("rule", state.rule());
        out.setProperty("handled", state.handled().toString());
        out.setProperty("index", String.valueOf(state.index()));
        put(out, "missed", state.missed());
        state.run().ifPresent(run -> putRun(out, run));
        state.instances().forEach((name, history) -> putInstance(out, INSTANCE + name + "/", history));
        SettingFiles.write(file, text(out));
    }

    private static void putRun(Properties out, ScheduleRun run) {
        put(out, "run.due", Optional.of(run.due()));
        put(out, "run.started", run.started());
        put(out, "run.ended", run.ended());
        out.setProperty("run.outcome", run.outcome().name());
        out.setProperty("run.complete", String.valueOf(run.complete()));
        out.setProperty("run.total", String.valueOf(run.total()));
    }

    private static void putInstance(Properties out, String key, InstanceHistory history) {
        put(out, key + "since", Optional.of(history.since()));
        put(out, key + "at", history.at());
        put(out, key + "complete", history.complete());
        put(out, key + "due", history.due());
        out.setProperty(key + "outcome", history.outcome().name());
        out.setProperty(key + "bytes", String.valueOf(history.bytes()));
        out.setProperty(key + "problem", history.problem());
        out.setProperty(
                key + "sizes", history.sizes().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    private static void put(Properties out, String key, Optional<Instant> time) {
        time.ifPresent(it -> out.setProperty(key, it.toString()));
    }

    static String text(Properties properties) {
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot fail", e);
        }
        return text.toString();
    }

    /** What is there; empty when there is nothing, or nothing that can be understood. */
    static Optional<ScheduleState> read(Path file) {
        try {
            return load(file).map(StateFile::state);
        } catch (DateTimeException | IllegalArgumentException e) {
            LOG.warn("{} is not understood, so the schedule begins anew: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    static Optional<Properties> load(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties in = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            in.load(reader);
            return Optional.of(in);
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private static ScheduleState state(Properties in) {
        Map<String, InstanceHistory> instances = new TreeMap<>();
        in.stringPropertyNames().stream()
                .filter(key -> key.startsWith(INSTANCE) && key.endsWith("/since"))
                .map(key -> key.substring(INSTANCE.length(), key.length() - "/since".length()))
                .forEach(name -> instances.put(name, instance(in, INSTANCE + name + "/")));
        return new ScheduleState(
                in.getProperty("rule", ""),
                required(in, "handled"),
                time(in, "missed"),
                Integer.parseInt(in.getProperty("index", "0")),
                time(in, "run.due").map(due -> run(in, due)),
                instances);
    }

    private static ScheduleRun run(Properties in, Instant due) {
        return new ScheduleRun(
                due,
                time(in, "run.started"),
                time(in, "run.ended"),
                RunOutcome.valueOf(in.getProperty("run.outcome", "")),
                Integer.parseInt(in.getProperty("run.complete", "0")),
                Integer.parseInt(in.getProperty("run.total", "0")));
    }

    private static InstanceHistory instance(Properties in, String key) {
        return new InstanceHistory(
                required(in, key + "since"),
                time(in, key + "at"),
                RunOutcome.valueOf(in.getProperty(key + "outcome", "")),
                Long.parseLong(in.getProperty(key + "bytes", "0")),
                in.getProperty(key + "problem", ""),
                time(in, key + "complete"),
                time(in, key + "due"),
                numbers(in.getProperty(key + "sizes", "")));
    }

    private static List<Long> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",")).map(Long::valueOf).toList();
    }

    private static Instant required(Properties in, String key) {
        return time(in, key).orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private static Optional<Instant> time(Properties in, String key) {
        return Optional.ofNullable(in.getProperty(key)).map(Instant::parse);
    }
}
