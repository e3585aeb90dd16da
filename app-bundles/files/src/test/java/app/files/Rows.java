package app.files;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Looks into the tables behind a test's back, and waits for what comes about in another thread. */
final class Rows {

    private Rows() {}

    static long count(TestServer server, String table) throws SQLException {
        try (var connection = server.database.dataSource().getConnection()) {
            return new Sql(connection).number("SELECT count(*) FROM " + table);
        }
    }

    /** Asks again and again until it is so, for up to half a minute. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within 30 seconds: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }
}
