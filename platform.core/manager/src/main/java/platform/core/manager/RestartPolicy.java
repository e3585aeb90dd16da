package platform.core.manager;

import java.time.Duration;

/**
 * When something that has failed is tried again: after a pause that doubles with each failure in a row, until it has failed so
 * often in a short time that only somebody can help.
 *
 * @param firstPause after the first failure
 * @param longestPause which the doubling does not exceed
 * @param healthy after which time without trouble former failures are forgotten
 * @param crashLoop how many failures within the period put it into quarantine; 0 for none
 * @param crashLoopPeriod the time in which failures are counted
 */
record RestartPolicy(
        Duration firstPause, Duration longestPause, Duration healthy, int crashLoop, Duration crashLoopPeriod) {

    /** By how much a pause is shorter or longer at most, so that what failed together does not start together. */
    static final double JITTER = 0.2;

    private static final int MOST_DOUBLINGS = 30;

    /**
     * @param failures how many there were in a row, from 1
     * @param random from 0 to 1
     */
    Duration pause(int failures, double random) {
        long doubled = firstPause.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long pause = Math.min(doubled, longestPause.toMillis());
        return Duration.ofMillis(Math.round(pause * (1 + JITTER * (2 * random - 1))));
    }
}
