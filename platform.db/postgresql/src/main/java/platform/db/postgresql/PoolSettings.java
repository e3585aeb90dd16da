package platform.db.postgresql;

import java.time.Duration;

/**
 * What holds for every pool that is told nothing else.
 *
 * @param size how many connections a database has at most
 * @param patience how long a borrower waits, in the queue of its own pool as well as for the server
 * @param leaked a connection that is out for longer is named in the log
 */
record PoolSettings(int size, Duration patience, Duration leaked) {

    static final PoolSettings DEFAULT = new PoolSettings(5, Duration.ofSeconds(5), Duration.ofMinutes(5));

    private static final int LEAST_PATIENCE_MILLIS = 100;

    PoolSettings {
        if (size < 1 || patience.toMillis() < LEAST_PATIENCE_MILLIS || leaked.isNegative() || leaked.isZero()) {
            throw new IllegalArgumentException("The settings of the pools are size " + size + ", patience "
                    + patience.toMillis() + " ms, leak " + leaked.toMillis() + " ms: give a size of at least 1, a"
                    + " patience of at least " + LEAST_PATIENCE_MILLIS + " ms, and a leak time above 0");
        }
    }
}
