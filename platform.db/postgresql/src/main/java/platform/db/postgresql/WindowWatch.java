package platform.db.postgresql;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Which window is next. It is asked again and again, for the clock may be set, or go over to another hour: a wait that was
 * reckoned once would end at some other time of the day.
 */
final class WindowWatch {

    private final MaintenanceWindow window;
    private ZonedDateTime next;

    WindowWatch(MaintenanceWindow window, ZonedDateTime now) {
        this.window = window;
        next = begin(now);
    }

    private ZonedDateTime begin(ZonedDateTime now) {
        return now.plus(window.until(now));
    }

    /** How much is left of a window that has begun since it was asked before; a window is told of once. */
    Optional<Duration> begun(ZonedDateTime now) {
        ZonedDateTime former = next;
        // Earlier than it was when the clock was set back.
        next = begin(now);
        ZonedDateTime end = former.plus(window.length());
        return now.isBefore(former) || !now.isBefore(end) ? Optional.empty() : Optional.of(Duration.between(now, end));
    }
}
