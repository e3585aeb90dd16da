package platform.db.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a statement has given.
 *
 * @param columns the columns' names, not always different ones; empty when the statement has no rows
 * @param rows the values as the server writes them; an absent one is NULL
 * @param more whether there are rows beyond those that were wanted
 * @param changed how many rows the statement has changed; absent when it is not one that changes rows
 * @param took how long it took
 */
public record SqlResult(
        List<String> columns, List<List<Optional<String>>> rows, boolean more, Optional<Long> changed, Duration took) {

    public SqlResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
