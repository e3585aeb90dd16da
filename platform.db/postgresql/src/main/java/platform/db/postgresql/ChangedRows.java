package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * How many rows a table has, and where those that have changed begin, which are at its end as a rule: to fetch them it need not be
 * read as a whole once more.
 *
 * @param first the place of the first one, a {@code ctid}; null when there is none
 */
record ChangedRows(long all, String first) {

    /** @param which the condition for rows that have changed */
    static List<ChangedRows> of(Connection connection, List<ChangedTable> tables, String which) throws SQLException {
        return ManyTables.ask(
                connection,
                tables.stream().map(ChangedTable::identifier).toList(),
                "count(*), min(ctid) FILTER (WHERE " + which + ")",
                row -> new ChangedRows(row.getLong(2), row.getString(3)));
    }

    boolean any() {
        return first != null;
    }

    /** The condition for them. */
    String where(String which) {
        return any() ? "ctid >= '" + first + "' AND " + which : "false";
    }
}
