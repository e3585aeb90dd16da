package platform.core.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import platform.webserver.api.Latencies;

/** The few buckets that monitoring systems are told: each costs them a time series for each instance. */
final class Buckets {

    private static final int FIRST = 8;
    private static final int LAST = 24;

    /** Every second power of 2 in microseconds: from 0.256 ms to 17 s. */
    private static final List<Integer> POWERS = IntStream.rangeClosed(FIRST, LAST)
            .filter(power -> power % 2 == 0)
            .boxed()
            .toList();

    /** Up to where they go, in seconds; one without an end follows. */
    static final List<Double> BOUNDS =
            POWERS.stream().map(power -> (1 << power) / 1e6).toList();

    private Buckets() {}

    /** How many times there are in each, that without an end last. */
    static List<Long> counts(Latencies latencies) {
        List<Long> counts = new ArrayList<>();
        long before = 0;
        for (int power : POWERS) {
            long below = latencies.below(power);
            counts.add(below - before);
            before = below;
        }
        counts.add(latencies.count() - before);
        return counts;
    }

    static double seconds(Latencies latencies) {
        return latencies.sum().toNanos() / 1e9;
    }
}
