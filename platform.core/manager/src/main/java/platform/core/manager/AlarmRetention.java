package platform.core.manager;

import java.time.Duration;

/**
 * How much is kept of alarms that are over.
 *
 * @param age how long after their end
 * @param rows how many at most
 */
record AlarmRetention(Duration age, int rows) {

    static final int ROWS = 1000;
    /** They are in memory, too. */
    private static final int MOST = 10_000;

    static final AlarmRetention DEFAULT = new AlarmRetention(Duration.ofDays(90), ROWS);

    static AlarmRetention of(AlarmConfig config) {
        return new AlarmRetention(
                Duration.ofDays(Math.max(1, config.history_days())),
                Math.max(1, Math.min(config.history_rows(), MOST)));
    }
}
