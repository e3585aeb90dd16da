package platform.webserver.api;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long requests took: how many there were in each of {@value #BUCKETS} buckets, four to each doubling, from 64 µs to 67 s. A
 * percentile is off by an eighth at most.
 */
public final class Latencies {

    public static final int BUCKETS = 82;

    private static final int FIRST_OCTAVE = 6;
    private static final int LAST = BUCKETS - 1;

    private final long[] counts;
    private final long nanos;

    /**
     * @param counts of each bucket; not changed any more
     * @param nanos of all requests together
     */
    public Latencies(long[] counts, long nanos) {
        this.counts = Arrays.copyOf(counts, BUCKETS);
        this.nanos = nanos;
    }

    /** Of no request. */
    public static Latencies none() {
        return new Latencies(new long[BUCKETS], 0);
    }

    /** Into which bucket a request belongs that took so long. */
    public static int bucketOf(long nanos) {
        long micros = nanos / 1000;
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros | 1);
        return octave < FIRST_OCTAVE
                ? 0
                : Math.min(LAST, 1 + (octave - FIRST_OCTAVE) * 4 + (int) (micros >> octave - 2 & 3));
    }

    /** Below what a bucket's requests took, in microseconds. */
    private static long endOf(int bucket) {
        return bucket == 0 ? 1 << FIRST_OCTAVE : (4L + (bucket - 1) % 4 + 1) << (bucket - 1) / 4 + FIRST_OCTAVE - 2;
    }

    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** What all requests took together. */
    public Duration sum() {
        return Duration.ofNanos(nanos);
    }

    /** How many took less than 2 to this power microseconds, from 6 to 26. */
    public long below(int power) {
        return Arrays.stream(counts, 0, 1 + (power - FIRST_OCTAVE) * 4).sum();
    }

    /**
     * The time within which this part of the requests was answered; zero when there was none.
     *
     * @param part from 0 to 1: 0.95
     */
    public Duration percentile(double part) {
        double left = count() * part;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (counts[bucket] > 0 && left <= counts[bucket]) {
                double from = bucket == 0 ? 0 : endOf(bucket - 1);
                return Duration.ofNanos((long) (1000 * (from + (endOf(bucket) - from) * left / counts[bucket])));
            }
            left -= counts[bucket];
        }
        return Duration.ZERO;
    }

    /** Those that came after others had been counted. */
    public Latencies since(Latencies former) {
        return combined(former, -1);
    }

    /** These and others. */
    public Latencies plus(Latencies others) {
        return combined(others, 1);
    }

    private Latencies combined(Latencies others, int sign) {
        long[] all = new long[BUCKETS];
        Arrays.setAll(all, bucket -> counts[bucket] + sign * others.counts[bucket]);
        return new Latencies(all, nanos + sign * others.nanos);
    }
}
