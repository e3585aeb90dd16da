package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** An app that goes on writing whatever happens to the server, and remembers which of its rows were acknowledged. */
final class FaultWriter implements AutoCloseable {

    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(10);

    private final DataSource source;
    private final List<Long> acknowledged = new ArrayList<>();
    private final Thread thread = new Thread(this::write, "fault-writer");
    private volatile boolean closed;
    private volatile long lastSuccess = System.nanoTime();
    private volatile SQLException failure;

    FaultWriter(DataSource source) throws Exception {
        this.source = source;
        try (Connection connection = source.getConnection()) {
            Rows.execute(connection, "DROP TABLE IF EXISTS log");
            Rows.execute(connection, "CREATE TABLE log (n bigint PRIMARY KEY)");
        }
        long begin = System.nanoTime();
        thread.start();
        mustGoOnSince(begin);
    }

    private void write() {
        for (long number = 0; !closed; number++) {
            write(number);
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    private void write(long number) {
        long begin = System.nanoTime();
        try (Connection connection = source.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO log VALUES (?)")) {
            insert.setLong(1, number);
            insert.executeUpdate();
            synchronized (acknowledged) {
                acknowledged.add(number);
            }
            lastSuccess = begin;
        } catch (SQLException e) {
            failure = e;
        }
    }

    /** Waits for a write that fails from now on; says how it did. */
    SQLException nextFailure() throws Exception {
        failure = null;
        Eventually.holds("a write that fails", () -> failure != null);
        return failure;
    }

    /** A write that began after the cause was gone succeeds within five seconds, and nothing that ever did is lost. */
    void mustGoOnSince(long causeGone) throws Exception {
        Duration left = RECOVERY.minusNanos(System.nanoTime() - causeGone);
        Eventually.holdsWithin(left, "writing after " + failure, () -> lastSuccess - causeGone > 0);
        Set<Long> missing = copyOfAcknowledged();
        // The server may notice a moment later, and then reset what has been served since.
        Eventually.holdsWithin(RECOVERY, "reading after " + failure, () -> findAny(missing));
        assertThat(missing).as("rows that were acknowledged and are gone").isEmpty();
    }

    /** Takes out what is there; whether the server could be asked. */
    private boolean findAny(Set<Long> numbers) {
        try (Connection connection = source.getConnection()) {
            Rows.list(connection, "SELECT n FROM log", row -> row.getLong(1)).forEach(numbers::remove);
            return true;
        } catch (SQLException e) {
            failure = e;
            return false;
        }
    }

    private Set<Long> copyOfAcknowledged() {
        synchronized (acknowledged) {
            return new HashSet<>(acknowledged);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
