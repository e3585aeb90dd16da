package platform.core.bench;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** One run of {@link ChaosPhase}. Faults come in rounds: each once, in an order that the seed gives. */
final class Chaos {

    /** Three health checks that find an executor stuck, after it was stuck for a minute, and much patience. */
    private static final Duration NOTICED = Duration.ofMinutes(3);

    private static final Duration RECOVERED = Duration.ofMinutes(4);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final double NANOS = 1e9;

    private final Trial trial;
    private final PlatformServer platform;
    private final Random random;
    private final ChaosVictim victim;
    private final Map<ChaosFault, List<Double>> noticed = new EnumMap<>(ChaosFault.class);
    private final Map<ChaosFault, List<Double>> recovered = new EnumMap<>(ChaosFault.class);
    private final List<Noticed> due = new ArrayList<>();
    private final Neighbours neighbours = new Neighbours();
    private long begun;
    private int number;

    /** By what alarms must have been set and cleared. */
    private record Noticed(ChaosFault fault, Instant since) {}

    Chaos(Trial trial, PlatformServer platform) {
        this.trial = trial;
        this.platform = platform;
        this.random = new Random(trial.seed());
        this.victim = new ChaosVictim(platform);
    }

    void run() {
        System.err.println("  --seed " + trial.seed());
        new ServiceProcess(platform.shell(), "hello", platform.page()).isolate();
        URI events = platform.dropEvents();
        if (trial.probe().hasAotCache()) {
            ProcessPhase.awaitCache(platform.data().resolve("cache"));
            victim.renew();
        }
        await("all alarms are over", RECOVERED, () -> victim.alarms().isEmpty());
        ChaosLeftovers leftovers = new ChaosLeftovers(platform, trial.probe());
        try (neighbours) {
            neighbours.askFor(platform.page());
            neighbours.echo(platform.echo(false));
            neighbours.askFor(events);
            long start = System.nanoTime();
            await("the neighbours answer", RECOVERED, () -> neighbours.areWellSince(start));
            begun = System.nanoTime();
            makeChaos();
        } finally {
            report();
        }
        mustBeAsBefore(leftovers);
    }

    private void makeChaos() {
        long end = begun + (long) (trial.seconds() * NANOS);
        while (System.nanoTime() < end) {
            List<ChaosFault> round = new ArrayList<>(Arrays.asList(ChaosFault.values()));
            if (!platform.disk().canBeFilled()) {
                round.remove(ChaosFault.DISK_FULL);
            }
            Collections.shuffle(round, random);
            for (ChaosFault fault : round) {
                if (System.nanoTime() < end) {
                    make(fault);
                }
            }
        }
    }

    private void make(ChaosFault fault) {
        number++;
        double second = secondsSince(begun);
        try {
            makeAndMend(fault);
        } catch (BenchException e) {
            throw new BenchException(
                    String.format(
                            "Fault %d (%s) in second %.0f of --seed %d: %s",
                            number, fault.title(), second, trial.seed(), e.getMessage()),
                    e);
        }
    }

    private void makeAndMend(ChaosFault fault) {
        Instant since = Instant.now();
        long begin = System.nanoTime();
        fault.inflict(victim);
        String told = "";
        if (fault.notice() != ChaosFault.Notice.NONE) {
            await("it is noticed", NOTICED, () -> victim.isTroubled(fault.notice()));
            told = note(noticed, fault, begin, "noticed");
            due.add(new Noticed(fault, since));
        }
        fault.end(victim);
        await("the service is well again", RECOVERED, victim::isWell);
        told += note(recovered, fault, begin, "recovered");
        System.err.printf("  %d, second %.0f: %s%s%n", number, secondsSince(begun), fault.title(), told);
        if (fault.concernsAll()) {
            long now = System.nanoTime();
            await("the neighbours are well again", RECOVERED, () -> neighbours.areWellSince(now));
            neighbours.excuse(begin, System.nanoTime());
        } else if (fault.notice() != ChaosFault.Notice.DISK) {
            victim.renew();
        }
        await("all alarms are over", RECOVERED, () -> victim.alarms().isEmpty());
        neighboursMustBeWell();
    }

    private static String note(Map<ChaosFault, List<Double>> times, ChaosFault fault, long begin, String what) {
        double seconds = secondsSince(begin);
        times.computeIfAbsent(fault, none -> new ArrayList<>()).add(seconds);
        return String.format(", %s after %.2f s", what, seconds);
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / NANOS;
    }

    private void await(String what, Duration longest, BooleanSupplier condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new BenchException("It is not so that " + what + " within " + longest.toSeconds() + " s: "
                        + victim.describe() + " " + victim.alarms());
            }
            Pause.of(LOOK_AGAIN);
        }
    }

    private void neighboursMustBeWell() {
        neighbours.trouble().ifPresent(trouble -> {
            throw new BenchException(String.format(
                    "The healthy neighbour %s had trouble from second %.1f to %.1f: %s",
                    trouble.neighbour(),
                    (trouble.begin() - begun) / NANOS,
                    (trouble.end() - begun) / NANOS,
                    trouble.text()));
        });
    }

    private void mustBeAsBefore(ChaosLeftovers leftovers) {
        for (Noticed each : due) {
            Set<String> alarms = each.fault().notice().alarms();
            if (!victim.hasCleared(alarms, each.since())) {
                throw new BenchException("--seed " + trial.seed() + ": the alarm history has none of " + alarms
                        + ", due by '" + each.fault().title() + "' at " + each.since() + ".");
            }
        }
        List<String> left = leftovers.find();
        if (!left.isEmpty()) {
            throw new BenchException(
                    "--seed " + trial.seed() + ": there is something left: " + String.join(", ", left));
        }
    }

    private void report() {
        for (ChaosFault fault : recovered.keySet()) {
            trial.record(ChaosPhase.times(fault), recovered.get(fault).size());
            record(recovered, fault, ChaosPhase::recovered, ChaosPhase::recoveredAtMost);
            if (noticed.containsKey(fault)) {
                record(noticed, fault, ChaosPhase::noticed, ChaosPhase::noticedAtMost);
            }
        }
        trial.record(ChaosPhase.ANSWERS, neighbours.answers());
        if (!platform.disk().canBeFilled()) {
            System.err.println(
                    "  '" + ChaosFault.DISK_FULL.title() + "' is left out: only root can mount a small disk.");
        }
    }

    private void record(
            Map<ChaosFault, List<Double>> times,
            ChaosFault fault,
            Function<ChaosFault, Figure> middle,
            Function<ChaosFault, Figure> most) {
        trial.record(middle.apply(fault), Statistics.median(times.get(fault)));
        trial.record(most.apply(fault), Collections.max(times.get(fault)));
    }
}
