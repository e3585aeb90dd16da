package platform.db.api;

import java.time.Duration;
import java.util.Objects;

/**
 * A statement that an administrator wants to run.
 *
 * @param database where
 * @param sql one statement
 * @param write whether it may change anything; if not, the server sees to it that it does not
 * @param timeout after which the server cancels it; more than zero
 * @param rows how many rows of the result are wanted at most; more than zero
 */
public record SqlRequest(String database, String sql, boolean write, Duration timeout, int rows) {
    public SqlRequest {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(sql, "sql");
        if (timeout.toMillis() <= 0 || rows <= 0) {
            throw new IllegalArgumentException("A statement needs a time-out and a number of rows of more than zero");
        }
    }
}
