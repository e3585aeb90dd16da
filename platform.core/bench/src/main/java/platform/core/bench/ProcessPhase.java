package platform.core.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import platform.core.bench.load.Answer;

/** How soon a service in a process of its own is there, and what it costs beside one in the platform's own process. */
final class ProcessPhase implements Phase {

    private static final int CONNECTIONS = 16;
    private static final int SOCKETS = 100;
    private static final int BYTES = 64;

    private static final String TIME = "A service in a process of its own, seconds to its first answer";
    private static final String OUTAGE = "A service in a process of its own, seconds without an answer";
    private static final String MEMORY = "A service in a process of its own, memory";
    private static final String GET =
            "Processor time of a GET of 1 KiB over " + CONNECTIONS + " connections, µs, by where the service runs";
    private static final String ECHO =
            "Processor time of an echo of " + BYTES + " B on " + SOCKETS + " sockets, µs, by where the service runs";

    private static final Figure STARTED = figure(TIME, "from app:start").atMost(1.2);
    private static final Figure RESTARTED = figure(OUTAGE, "kill -9").atMost(3);
    private static final Map<ChaosFault, Figure> RECOVERED = recovered();
    private static final Figure RESIDENT = figure(MEMORY, "resident MB, idle").atMost(95);
    private static final Figure HEAP =
            figure(MEMORY, "heap B of the platform, an idle socket").atMost(3072);
    private static final Costs GETS = new Costs(GET);
    private static final Costs ECHOES = new Costs(ECHO);

    /** A start and a kill each; the first ones are slower, since the platform's own code is cold. */
    private static final int STARTS = 7;

    /** The cache of classes of processes is made at the lowest priority. */
    private static final Duration CACHE = Duration.ofMinutes(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final double KILO = 1024;
    private static final double MEGA = 1e6;

    /** The other ways to end that an app has, each with what it may cost. */
    private static Map<ChaosFault, Figure> recovered() {
        Map<ChaosFault, Figure> recovered = new EnumMap<>(ChaosFault.class);
        Stream.of(ChaosFault.EXIT, ChaosFault.MEMORY, ChaosFault.CRASH)
                .forEach(fault ->
                        recovered.put(fault, figure(OUTAGE, fault.title()).atMost(3)));
        return recovered;
    }

    private static Figure figure(String table, String column) {
        return new Figure("process", table, column);
    }

    /** What one kind of work takes where. */
    private record Costs(Figure bundle, Figure platform, Figure process) {

        Costs(String table) {
            this(
                    figure(table, "in the platform's"),
                    figure(table, "in its own: the platform's part"),
                    figure(table, "in its own: the process's part"));
        }

        List<Figure> figures() {
            return List.of(bundle, platform, process);
        }
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>(List.of(STARTED, RESTARTED));
        figures.addAll(RECOVERED.values());
        figures.addAll(List.of(RESIDENT, HEAP));
        figures.addAll(GETS.figures());
        figures.addAll(ECHOES.figures());
        return figures;
    }

    @Override
    public void measure(Trial trial) {
        if (!(trial.server() instanceof PlatformServer platform)) {
            throw new BenchException("Only the platform has processes of services.");
        }
        trial.record(GETS.bundle(), get(trial, List.of(platform.pid())).get(0));
        trial.record(ECHOES.bundle(), echo(trial, List.of(platform.pid())).get(0));
        ServiceProcess hello = new ServiceProcess(platform.shell(), "hello", platform.page());
        hello.isolate();
        ChaosVictim bench = new ChaosVictim(platform);
        if (trial.probe().hasAotCache()) {
            awaitCache(platform.data().resolve("cache"));
        }
        start(trial, hello);
        RECOVERED.forEach((fault, figure) -> recover(trial, bench, fault, figure));
        record(trial, GETS, get(trial, List.of(platform.pid(), bench.pid())));
        record(trial, ECHOES, echo(trial, List.of(platform.pid(), hello.pid())));
        Phase idle = IdlePhase.plain();
        Figure heap = idle.figures().get(0);
        idle.measure(trial.recording((figure, value) -> {
            if (figure.equals(heap)) {
                trial.record(HEAP, value);
            }
        }));
    }

    /** From its next start on a process has it. */
    static void awaitCache(Path folder) {
        long deadline = System.nanoTime() + CACHE.toNanos();
        while (files(folder).noneMatch(file -> file.endsWith(".aot"))) {
            if (System.nanoTime() > deadline || files(folder).anyMatch(file -> file.endsWith(".failed"))) {
                throw new BenchException("The platform has made no cache of classes for its processes in " + folder);
            }
            Pause.of(LOOK_AGAIN);
        }
    }

    private static Stream<String> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith("process-"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new BenchException("The folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** After somebody's stop former failures count no more: so each restart comes after the first, short pause. */
    private static void start(Trial trial, ServiceProcess service) {
        List<Double> started = new ArrayList<>();
        List<Double> restarted = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            service.stop();
            started.add(service.secondsToStart());
            Probe probe = trial.probe().of(service.pid());
            probe.settle();
            resident.add(new ProcFiles(service.pid()).statusKilobytes("VmRSS") * KILO / MEGA);
            restarted.add(service.secondsWithoutAnswer(() -> Signal.send("KILL", service.pid())));
        }
        trial.record(STARTED, Statistics.median(started));
        trial.record(RESTARTED, Statistics.median(restarted));
        trial.record(RESIDENT, Statistics.median(resident));
    }

    private static void recover(Trial trial, ChaosVictim service, ChaosFault fault, Figure figure) {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            seconds.add(service.secondsWithoutAnswer(fault));
        }
        trial.record(figure, Statistics.median(seconds));
    }

    private static void record(Trial trial, Costs costs, List<Double> parts) {
        trial.record(costs.platform(), parts.get(0));
        trial.record(costs.process(), parts.get(1));
    }

    private static List<Double> get(Trial trial, List<Long> processes) {
        LoadProcess load = trial.load();
        load.get(trial.server().file(), CONNECTIONS, trial.requestsWarmUpSeconds());
        return each(processes, "requests", () -> load.get(trial.server().file(), CONNECTIONS, trial.seconds()));
    }

    private static List<Double> echo(Trial trial, List<Long> processes) {
        LoadProcess load = trial.load();
        load.open(SOCKETS, trial.server().echo(false), false);
        load.measure(SOCKETS, BYTES, trial.warmUpSeconds());
        List<Double> parts = each(processes, "messages", () -> load.measure(SOCKETS, BYTES, trial.seconds()));
        load.drop();
        return parts;
    }

    /** The processor time of each process, for each of what was done. */
    private static List<Double> each(List<Long> processes, String counted, Supplier<Answer> work) {
        List<ProcFiles> files = processes.stream().map(ProcFiles::new).toList();
        List<Double> before = files.stream().map(ProcFiles::cpuMicroseconds).toList();
        double count = work.get().number(counted);
        List<Double> parts = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            parts.add((files.get(i).cpuMicroseconds() - before.get(i)) / count);
        }
        return parts;
    }
}
