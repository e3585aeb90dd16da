package platform.webserver.jetty;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Who sends too many requests: each address has a bucket of tokens for ten seconds, a request takes one. It remembers a
 * bounded number of addresses; one that is forgotten begins with a full bucket.
 */
final class RequestRates {

    private static final int REMEMBERED = 10_000;
    private static final int SECONDS_SAVED = 10;
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final Map<InetAddress, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    RequestRates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Counts a request.
     *
     * @param rate requests a second
     * @return 0 when it may be answered; otherwise after how many seconds one may
     */
    synchronized int take(InetAddress address, int rate) {
        long now = nanoTime.getAsLong();
        Bucket bucket =
                buckets.computeIfAbsent(AddressKeys.of(address), first -> new Bucket(rate * SECONDS_SAVED, now));
        double saved = bucket.tokens + (now - bucket.since) / NANOS * rate;
        bucket.tokens = Math.min(rate * SECONDS_SAVED, saved);
        bucket.since = now;
        if (bucket.tokens >= 1) {
            bucket.tokens--;
            return 0;
        }
        return (int) Math.ceil((1 - bucket.tokens) / rate);
    }

    /** What an address may still send. */
    private static final class Bucket {
        private double tokens;
        private long since;

        Bucket(double tokens, long since) {
            this.tokens = tokens;
            this.since = since;
        }
    }
}
