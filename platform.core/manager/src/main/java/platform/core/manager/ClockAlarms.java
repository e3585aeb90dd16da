package platform.core.manager;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;

/**
 * Raises alarms about the machine's clock: {@code clock-jumped} when it went otherwise than the machine's own count of time, for
 * an hour after the last jump, and {@code clock-off} while it differs from time servers.
 */
final class ClockAlarms {

    private static final String SOURCE = "platform";
    private static final String JUMPED = "clock-jumped";
    private static final String OFF = "clock-off";
    private static final Duration SHOWN = Duration.ofHours(1);

    private final Alarms alarms;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Duration tolerance;
    private Instant time;
    private long count;
    private long jumpedAt;

    /** @param nanos counts on, whatever happens to the clock, as {@link System#nanoTime} does */
    ClockAlarms(Alarms alarms, Clock clock, LongSupplier nanos, Duration tolerance) {
        this.alarms = alarms;
        this.clock = clock;
        this.nanos = nanos;
        this.tolerance = tolerance;
        this.time = clock.instant();
        this.count = nanos.getAsLong();
        // An alarm of the last run is over after an hour of this one.
        this.jumpedAt = count;
    }

    /** Compares the clock with the count of time since the last call. */
    synchronized void compare() {
        Instant now = clock.instant();
        long counted = nanos.getAsLong();
        Duration jump = Duration.between(time, now).minusNanos(counted - count);
        time = now;
        count = counted;
        if (jump.abs().compareTo(tolerance) > 0) {
            jumpedAt = counted;
            alarms.raise(jumped(jump));
        } else if (counted - jumpedAt > SHOWN.toNanos()) {
            alarms.clear(SOURCE, JUMPED);
        }
    }

    private AlarmSpec jumped(Duration jump) {
        return new AlarmSpec(
                SOURCE,
                JUMPED,
                AlarmSeverity.WARNING,
                "The machine's clock was set " + way(jump, "forward", "back") + ", to " + time + ".",
                "Somebody or a time service has set it, or the machine slept. Certificates, schedules and logs go by it.",
                List.of());
    }

    /** What a time server says. */
    void offset(String server, Duration offset) {
        if (offset.abs().compareTo(tolerance) <= 0) {
            alarms.clear(SOURCE, OFF);
        } else {
            alarms.raise(new AlarmSpec(
                    SOURCE,
                    OFF,
                    AlarmSeverity.MAJOR,
                    "The machine's clock is " + way(offset, "behind", "ahead") + ", says the time server " + server
                            + ".",
                    "No time service keeps the clock, or it has lost its servers. Look at chronyc tracking or timedatectl.",
                    List.of()));
        }
    }

    private static String way(Duration by, String positive, String negative) {
        String seconds = String.format("%,.1f s", by.abs().toMillis() / 1e3);
        return by.isNegative() ? negative + " by " + seconds : positive + " by " + seconds;
    }
}
