package platform.core.admin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down whoever guesses: after {@value #FREE} attempts in a row an address waits one second, then two, four, up to a
 * quarter of an hour. An attempt counts before it is checked, so that a hundred at a time gain nothing. IPv6 addresses
 * count by their /64, which one customer usually has to himself. It remembers a bounded number of addresses.
 */
final class LoginThrottle {

    static final int FREE = 10;
    private static final int REMEMBERED = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGIVEN = Duration.ofHours(1);

    private final Clock clock;
    private final Map<String, Attempts> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
            return size() > REMEMBERED;
        }
    };

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /** Zero when the attempt may be made, which counts it; otherwise how long to wait. */
    synchronized Duration attempt(InetAddress from) {
        Instant now = clock.instant();
        Attempts former = byAddress.getOrDefault(key(from), Attempts.NONE);
        Duration left = Duration.between(now, former.until());
        // More than there ever is means that the clock was set back.
        if (!left.isNegative() && !left.isZero() && left.compareTo(LONGEST) <= 0) {
            return left;
        }
        int count = now.isAfter(former.until().plus(FORGIVEN)) ? 1 : former.count() + 1;
        byAddress.put(key(from), new Attempts(count, now.plus(pause(count))));
        return Duration.ZERO;
    }

    synchronized void succeeded(InetAddress from) {
        byAddress.remove(key(from));
    }

    private static Duration pause(int count) {
        if (count < FREE) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(count - FREE, 20));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    private static String key(InetAddress from) {
        byte[] address = from.getAddress();
        return HexFormat.of().formatHex(from instanceof Inet6Address ? Arrays.copyOf(address, 8) : address);
    }

    /** What an address has done without success. */
    private record Attempts(int count, Instant until) {
        static final Attempts NONE = new Attempts(0, Instant.EPOCH);
    }
}
