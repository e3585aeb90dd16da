package platform.core.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Random faults for minutes, one after the other, under load on healthy neighbours. Each must be noticed and mended; neighbours may
 * have trouble only while the platform itself or PostgreSQL was killed; at the end nothing may be left. What is wrong ends it, with
 * the seed, the fault and the second.
 */
final class ChaosPhase implements Phase {

    private static final String TABLE = "Faults, and how soon they were noticed and the service answered well again";
    private static final String LOAD = "Load on healthy neighbours";
    private static final double MOST_SECONDS_LOST = 3;
    private static final int DISK = 1500;

    static final Figure ANSWERS = new Figure("chaos", LOAD, "good answers");

    static Figure times(ChaosFault fault) {
        return figure(fault, "times");
    }

    static Figure noticed(ChaosFault fault) {
        return figure(fault, "noticed after s, p50");
    }

    static Figure noticedAtMost(ChaosFault fault) {
        return figure(fault, "noticed, max");
    }

    static Figure recovered(ChaosFault fault) {
        return figure(fault, "recovered after s, p50");
    }

    static Figure recoveredAtMost(ChaosFault fault) {
        Figure figure = figure(fault, "recovered, max");
        return fault.endsProcess() ? figure.atMost(MOST_SECONDS_LOST) : figure;
    }

    private static Figure figure(ChaosFault fault, String column) {
        return new Figure("chaos", TABLE, fault.title(), column);
    }

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public List<Figure> figures() {
        Stream<Figure> faults = Arrays.stream(ChaosFault.values())
                .flatMap(fault -> Stream.of(
                        times(fault), noticed(fault), noticedAtMost(fault), recovered(fault), recoveredAtMost(fault)));
        return Stream.concat(faults, Stream.of(ANSWERS)).toList();
    }

    @Override
    public int diskMegabytes() {
        return DISK;
    }

    @Override
    public void measure(Trial trial) {
        if (!(trial.server() instanceof PlatformServer platform)) {
            throw new BenchException("Only the platform mends faults.");
        }
        new Chaos(trial, platform).run();
    }
}
