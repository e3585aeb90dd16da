package platform.core.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Two ways to do the same, by turns: what else the machine does meets both.
 *
 * @param plain what each turn has cost by PostgreSQL's own tools
 * @param ours by the platform
 */
record Turns(List<Cost> plain, List<Cost> ours) {

    private static final int TURNS = 3;

    /**
     * One of the ways.
     *
     * @param undo done after each turn, and does not count
     */
    record Way(Runnable work, Runnable undo) {

        Cost go(PlatformServer platform) {
            Cost cost = Cost.of(platform, work);
            undo.run();
            return cost;
        }
    }

    static Turns measure(PlatformServer platform, Way plain, Way ours) {
        Turns turns = new Turns(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < TURNS; i++) {
            turns.plain.add(plain.go(platform));
            turns.ours.add(ours.go(platform));
        }
        return turns;
    }

    /** The median of what each turn of ours cost beside the one of the other kind before it. */
    double ratio(ToDoubleFunction<Cost> of) {
        return Statistics.median(IntStream.range(0, TURNS)
                .mapToObj(i -> of.applyAsDouble(ours.get(i)) / of.applyAsDouble(plain.get(i)))
                .toList());
    }
}
