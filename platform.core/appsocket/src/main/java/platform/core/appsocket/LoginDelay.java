package platform.core.appsocket;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down whoever guesses the password of an instance. After {@value #FREE} wrong logins an address is checked only once in
 * half a second, then in one, two, up to thirty; attempts in between line up, and those that would stand for too long are not
 * checked at all. After {@value #INSTANCE_FREE} wrong ones from wherever, all addresses wait a little, but those that have
 * logged in before: guessing from many addresses locks nobody out. A quarter of an hour without a wrong login forgives.
 *
 * <p>IPv6 addresses count by their /64, which one customer usually has to himself. The memory is bounded, and no thread waits.
 */
final class LoginDelay {

    static final int FREE = 3;
    static final int INSTANCE_FREE = 100;
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration INSTANCE_FIRST = Duration.ofMillis(100);
    private static final Duration INSTANCE_LONGEST = Duration.ofSeconds(2);
    private static final Duration FORGIVEN = Duration.ofMinutes(15);
    private static final int DOUBLED_AT_MOST = 10;

    private final Clock clock;
    private final Map<String, Guesses> byAddress = new BoundedMap<>();
    private final Map<String, Boolean> known = new BoundedMap<>();
    private final Guesses instance = new Guesses();

    LoginDelay(Clock clock) {
        this.clock = clock;
    }

    /** How long to wait before an attempt from there is checked; empty when it is not to be checked at all. */
    synchronized Optional<Duration> reserve(Optional<InetAddress> from) {
        Instant now = clock.instant();
        String key = key(from);
        Guesses guesses = byAddress.get(key);
        Duration wait = guesses == null ? Duration.ZERO : guesses.line(now);
        if (wait.compareTo(LONGEST) > 0) {
            return Optional.empty();
        }
        if (guesses != null) {
            guesses.next = now.plus(wait).plus(doubled(FIRST, guesses.count(now) - FREE, LONGEST));
        }
        Duration everybody = known.containsKey(key) ? Duration.ZERO : instancePause(now);
        return Optional.of(wait.compareTo(everybody) < 0 ? everybody : wait);
    }

    private Duration instancePause(Instant now) {
        return doubled(INSTANCE_FIRST, instance.count(now) - INSTANCE_FREE, INSTANCE_LONGEST);
    }

    synchronized void failed(Optional<InetAddress> from) {
        Instant now = clock.instant();
        Guesses guesses = byAddress.computeIfAbsent(key(from), key -> new Guesses());
        guesses.add(now);
        instance.add(now);
        // The first attempt that has to wait is the one after the last free one.
        Instant earliest = now.plus(doubled(FIRST, guesses.count - FREE, LONGEST));
        guesses.next = guesses.line(now).isZero() || guesses.next.isBefore(earliest) ? earliest : guesses.next;
    }

    /** Forgives nothing: who may log in could otherwise guess between his logins. */
    synchronized void succeeded(Optional<InetAddress> from) {
        known.put(key(from), true);
    }

    /** @param excess of wrong logins over the free ones */
    private static Duration doubled(Duration first, int excess, Duration longest) {
        if (excess < 0) {
            return Duration.ZERO;
        }
        Duration doubled = first.multipliedBy(1L << Math.min(excess, DOUBLED_AT_MOST));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    private static String key(Optional<InetAddress> from) {
        if (from.isEmpty()) {
            return "";
        }
        byte[] address = from.get().getAddress();
        return HexFormat.of().formatHex(from.get() instanceof Inet6Address ? Arrays.copyOf(address, 8) : address);
    }

    /** The wrong logins from one address, or all. */
    private static final class Guesses {
        private int count;
        private Instant last = Instant.MIN;
        /** When the next attempt may be checked. */
        private Instant next = Instant.MIN;

        void add(Instant now) {
            count = count(now) + 1;
            last = now;
        }

        int count(Instant now) {
            return last.equals(Instant.MIN) || last.plus(FORGIVEN).isBefore(now) ? 0 : count;
        }

        /** More than there ever is means that the clock was set back. */
        Duration line(Instant now) {
            boolean waits = next.isAfter(now) && !next.isAfter(now.plus(LONGEST.multipliedBy(2)));
            return waits ? Duration.between(now, next) : Duration.ZERO;
        }
    }
}
