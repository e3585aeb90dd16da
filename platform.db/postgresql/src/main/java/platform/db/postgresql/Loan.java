package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A connection that is out: who has it, since when, and by which call. The stack is caught at each loan, by an exception
 * that is not thrown: that takes about a microsecond, and whoever does not give a connection back is known for certain.
 */
final class Loan extends ClosingConnection {

    private static final double SECOND = 1e9;

    private final Throwable stack = new Throwable("The connection was borrowed here");
    private final Thread borrower = Thread.currentThread();
    private final long since = System.nanoTime();
    private final Consumer<Loan> onReturn;
    private boolean named;

    Loan(Connection connection, Consumer<Loan> onReturn) {
        super(connection);
        this.onReturn = onReturn;
    }

    @Override
    void closed() {
        onReturn.accept(this);
    }

    /** Whether it was given back on another way than by {@link #connection()}, such as by the connection of a statement. */
    boolean isOver() {
        try {
            return delegate().isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    long nanos() {
        return System.nanoTime() - since;
    }

    /** Whether it is out for too long, and that is news. */
    synchronized boolean becomesLeak(Duration limit) {
        boolean news = !named && nanos() > limit.toNanos();
        named |= news;
        return news;
    }

    Throwable stack() {
        return stack;
    }

    /** As in: for 12.3 s, since 2026-11-01T10:00:00Z, by the thread 'acme'. */
    @Override
    public String toString() {
        long nanos = nanos();
        Instant begin = Instant.now().minusNanos(nanos).truncatedTo(ChronoUnit.SECONDS);
        return String.format(
                Locale.ROOT, "for %.1f s, since %s, by the thread '%s'", nanos / SECOND, begin, borrower.getName());
    }
}
