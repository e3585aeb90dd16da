package platform.core.bench.load;

import java.util.Arrays;

/** Durations, each kept as it was measured: a histogram's buckets would blur what is compared. */
final class Latencies {

    private int[] nanos = new int[1 << 16];
    private int count;

    /** @param duration in nanoseconds; above two seconds it counts as two */
    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = (int) Math.min(duration, Integer.MAX_VALUE);
    }

    int count() {
        return count;
    }

    /** The least duration that the given part of all does not exceed, in microseconds; 0 when there are none. */
    double microseconds(double part) {
        if (count == 0) {
            return 0;
        }
        Arrays.sort(nanos, 0, count);
        int rank = (int) Math.ceil(part * count);
        return nanos[Math.max(0, rank - 1)] / 1e3;
    }
}
