package platform.core.manager;

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
 * Slows down whoever guesses: after {@value #FREE} attempts in a row an address, and a user, waits one second, then two, four,
 * up to a quarter of an hour. An attempt counts before it is checked, so that a hundred at a time gain nothing. IPv6 addresses
 * count by their /64, which one customer usually has to himself. It remembers a bounded number of both.
 */
final class LoginThrottle {

    static final int FREE = 10;
    private static final int REMEMBERED = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGIVEN = Duration.ofHours(1);

    private final Clock clock;
    private final Map<String, Attempts> byAddress = attempts();
    private final Map<String, Attempts> byUser = attempts();

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    private static Map<String, Attempts> attempts() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /** Zero when the attempt may be made, which counts it; otherwise how long to wait. */
    synchronized Duration attempt(InetAddress from, String user) {
        Instant now = clock.instant();
        Duration address = left(byAddress, key(from), now);
        Duration name = left(byUser, user, now);
        Duration longer = address.compareTo(name) > 0 ? address : name;
        if (longer.isZero()) {
            count(byAddress, key(from), now);
            count(byUser, user, now);
        }
        return longer;
    }

    private static Duration left(Map<String, Attempts> attempts, String key, Instant now) {
        Duration left =
                Duration.between(now, attempts.getOrDefault(key, Attempts.NONE).until());
        // More than there ever is means that the clock was set back.
        return left.isNegative() || left.compareTo(LONGEST) > 0 ? Duration.ZERO : left;
    }

    private static void count(Map<String, Attempts> attempts, String key, Instant now) {
        Attempts former = attempts.getOrDefault(key, Attempts.NONE);
        int count = now.isAfter(former.until().plus(FORGIVEN)) ? 1 : former.count() + 1;
        attempts.put(key, new Attempts(count, now.plus(pause(count))));
    }

    synchronized void succeeded(InetAddress from, String user) {
        byAddress.remove(key(from));
        byUser.remove(user);
    }

    /** An administrator has dealt with it. */
    synchronized void forgive(String user) {
        byUser.remove(user);
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

    /** What an address or a user has done without success. */
    private record Attempts(int count, Instant until) {
        static final Attempts NONE = new Attempts(0, Instant.EPOCH);
    }
}
