package platform.core.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What instances cost: to make one, to have very many that are idle, to start with them, and to borrow a connection. */
final class DatabasesPhase implements Phase {

    private static final String CREATE =
            "Creating an instance (database, role, migration, path, started), by the shell";
    private static final String IDLE = "With all instances, idle";
    private static final String START = "Start after kill -9 of the platform and of PostgreSQL, with all instances";
    private static final String BORROW = "Borrowing a connection of a warm pool, in a servlet";

    private static final Figure ALONE = figure(CREATE, "p50 ms, alone").atMost(80);
    private static final Figure ALONE_95 = figure(CREATE, "p95 ms, alone");
    private static final Figure ROW = figure(CREATE, "p50 ms, one after the other");
    private static final Figure LAST = figure(CREATE, "p50 ms, the last");
    private static final Figure LAST_95 = figure(CREATE, "p95 ms, the last");
    private static final Figure GROWTH = figure(CREATE, "the last / alone").atMost(2);
    private static final Figure HEAP = figure(IDLE, "heap KB an instance").atMost(150);
    private static final Figure THREADS = figure(IDLE, "threads an instance").atMost(0.01);
    private static final Figure MEMORY = figure(IDLE, "resident MB");
    private static final Figure CPU = figure(IDLE, "CPU % of one core");
    private static final Figure SERVERS = figure(IDLE, "PostgreSQL processes");
    private static final Figure SERVER_MEMORY = figure(IDLE, "PostgreSQL MB");
    private static final Figure SERVER_CPU = figure(IDLE, "PostgreSQL CPU % of one core");
    private static final Figure RECOVERED =
            figure(START, "seconds until PostgreSQL takes connections").atMost(3);
    private static final Figure STARTED = figure(START, "seconds until all run").atMost(3);
    private static final Figure BORROWED = figure(BORROW, "p50 µs").atMost(5);
    private static final Figure BORROWED_99 = figure(BORROW, "p99 µs");

    /** Instances that are created before any that counts: the compiler needs some. */
    private static final int WARM_UP = 50;

    private static final int MOST_SAMPLES = 20;

    /** So long nothing happens before an instance is created alone: spare databases are made meanwhile. */
    private static final Duration ALONE_FOR = Duration.ofMillis(1000);

    /** A pool closes its idle connections after 10 s, and looks every 30 s. */
    private static final Duration CONNECTIONS_CLOSE = Duration.ofSeconds(45);

    private static final int MOST_IDLE_CONNECTIONS = 10;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final int IDLE_PERIODS = 4;
    private static final int LOANS_A_SECOND = 100_000;
    private static final double KILO = 1024;
    private static final double PERCENT = 100;
    private static final double MEGA = 1e6;

    private static Figure figure(String table, String column) {
        return new Figure("databases", table, column);
    }

    @Override
    public String name() {
        return "databases";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                ALONE,
                ALONE_95,
                ROW,
                LAST,
                LAST_95,
                GROWTH,
                HEAP,
                THREADS,
                MEMORY,
                CPU,
                SERVERS,
                SERVER_MEMORY,
                SERVER_CPU,
                RECOVERED,
                STARTED,
                BORROWED,
                BORROWED_99);
    }

    @Override
    public void measure(Trial trial) {
        if (!(trial.server() instanceof PlatformServer platform)) {
            throw new BenchException("Only the platform has instances.");
        }
        borrow(trial, platform.borrow());
        Idle before = idle(trial, platform);
        create(trial, platform.shell());
        Idle after = idle(trial, platform);
        record(trial, before, after);
        platform.train();
        platform.killAll();
        PlatformServer.Start start = platform.timedStart();
        trial.record(RECOVERED, start.untilPostgres());
        trial.record(STARTED, start.untilAllRun());
        mustAllRun(trial, platform.shell());
    }

    private static void create(Trial trial, ShellCaller shell) {
        int samples = Math.min(MOST_SAMPLES, trial.instances() / 3);
        int warmUp = Math.min(WARM_UP, trial.instances() - 2 * samples);
        int between = trial.instances() - warmUp - 2 * samples;
        int number = 0;
        create(shell, number, warmUp, Duration.ZERO);
        List<Double> alone = create(shell, number += warmUp, samples, ALONE_FOR);
        List<Double> row = create(shell, number += samples, between, Duration.ZERO);
        List<Double> last = create(shell, number + between, samples, ALONE_FOR);
        trial.record(ALONE, Statistics.median(alone));
        trial.record(ALONE_95, Statistics.percentile(alone, 0.95));
        trial.record(ROW, Statistics.median(row.isEmpty() ? alone : row));
        trial.record(LAST, Statistics.median(last));
        trial.record(LAST_95, Statistics.percentile(last, 0.95));
        trial.record(GROWTH, Statistics.median(last) / Statistics.median(alone));
    }

    /** How many milliseconds each took. */
    private static List<Double> create(ShellCaller shell, int first, int count, Duration before) {
        List<Double> took = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            Pause.of(before);
            long begin = System.nanoTime();
            shell.call("instance:create", String.format(Locale.ROOT, "i%d@bench.example", i), "--app", "hello");
            took.add((System.nanoTime() - begin) / MEGA);
        }
        return took;
    }

    /** What is there while nothing happens. */
    private record Idle(
            double heap,
            double resident,
            double threads,
            double cpu,
            int servers,
            double serverBytes,
            double serverCpu) {}

    private static Idle idle(Trial trial, PlatformServer platform) {
        awaitIdle(platform);
        Memory memory = trial.probe().memory();
        Duration time = Duration.ofMillis((long) (trial.seconds() * 1000 * IDLE_PERIODS));
        double before = trial.probe().cpuMicroseconds();
        double serversBefore = serverCpu(platform);
        Pause.of(time);
        double micros = time.toNanos() / 1e3;
        List<ProcFiles> servers = platform.descendants();
        return new Idle(
                memory.heap(),
                memory.rss(),
                new ProcFiles(platform.pid()).threads(),
                (trial.probe().cpuMicroseconds() - before) / micros * PERCENT,
                servers.size(),
                servers.stream().mapToDouble(ProcFiles::proportionalKilobytes).sum() * KILO,
                (serverCpu(platform) - serversBefore) / micros * PERCENT);
    }

    private static void awaitIdle(PlatformServer platform) {
        long deadline = System.nanoTime() + CONNECTIONS_CLOSE.toNanos();
        while (System.nanoTime() < deadline && platform.descendants().size() > MOST_IDLE_CONNECTIONS) {
            Pause.of(LOOK_AGAIN);
        }
    }

    /** Of those that are there; one that ends meanwhile has taken next to nothing. */
    private static double serverCpu(PlatformServer platform) {
        return platform.descendants().stream()
                .mapToDouble(ProcFiles::cpuMicrosecondsOrNone)
                .sum();
    }

    private static void record(Trial trial, Idle before, Idle after) {
        trial.record(HEAP, (after.heap() - before.heap()) / KILO / trial.instances());
        trial.record(THREADS, Math.max(0, after.threads() - before.threads()) / trial.instances());
        trial.record(MEMORY, after.resident() / MEGA);
        trial.record(CPU, after.cpu());
        trial.record(SERVERS, after.servers());
        trial.record(SERVER_MEMORY, after.serverBytes() / MEGA);
        trial.record(SERVER_CPU, after.serverCpu());
    }

    private static void mustAllRun(Trial trial, ShellCaller shell) {
        long running =
                JsonParser.parseString(shell.call("instance:list", "-o", "json")).getAsJsonArray().asList().stream()
                        .filter(each -> each.getAsJsonObject()
                                .get("state")
                                .getAsString()
                                .equals("RUNNING"))
                        .count();
        if (running < trial.instances()) {
            throw new BenchException(
                    "Of " + trial.instances() + " instances only " + running + " run after the start.");
        }
    }

    private static void borrow(Trial trial, URI uri) {
        int loans = (int) (trial.seconds() * LOANS_A_SECOND);
        try (var in = URI.create(uri + "?loans=" + loans).toURL().openStream()) {
            JsonObject times = JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
            trial.record(BORROWED, times.get("p50").getAsDouble() / 1e3);
            trial.record(BORROWED_99, times.get("p99").getAsDouble() / 1e3);
        } catch (IOException e) {
            throw new BenchException("How long a loan takes cannot be measured: " + e.getMessage(), e);
        }
    }
}
