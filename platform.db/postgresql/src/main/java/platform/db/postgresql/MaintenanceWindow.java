package platform.db.postgresql;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import platform.db.api.DatabaseException;

/**
 * A span of each night.
 *
 * @param from when it begins
 * @param length how long it is
 */
record MaintenanceWindow(LocalTime from, Duration length) {

    /**
     * The window as it is set; absent when it is off.
     *
     * @throws DatabaseException when it makes no sense
     */
    static Optional<MaintenanceWindow> of(MaintenanceConfig config) {
        String from = config.maintenance_from().strip();
        int minutes = config.maintenance_minutes();
        if (from.equals("off")) {
            return Optional.empty();
        }
        if (minutes < 1 || minutes > 1440) {
            throw new DatabaseException("The setting maintenance.minutes in etc/platform.db.postgresql.cfg is "
                    + minutes + ": give a number from 1 to 1440");
        }
        try {
            return Optional.of(new MaintenanceWindow(LocalTime.parse(from), Duration.ofMinutes(minutes)));
        } catch (DateTimeException e) {
            throw new DatabaseException(
                    "The setting maintenance.from in etc/platform.db.postgresql.cfg is '" + from
                            + "': give a time such as 02:00, or off",
                    e);
        }
    }

    /** How long it is until the next one begins; a window that has begun is over for today. */
    Duration until(ZonedDateTime now) {
        ZonedDateTime today = now.with(from);
        return Duration.between(
                now, today.isAfter(now) ? today : now.plusDays(1).with(from));
    }
}
