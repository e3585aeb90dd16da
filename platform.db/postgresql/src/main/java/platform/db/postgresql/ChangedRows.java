package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * How many rows a table has, and between which places those lie that have changed: to fetch them it need not be read as a whole once
 * more.
 *
 * @param first the place of the first one, a {@code ctid}; null when there is none
 * @param last that of the last one
 */
record ChangedRows(long all, String first, String last) {

    /** @param which the condition for rows that have changed */
    static List<ChangedRows> of(Connection connection, List<ChangedTable> tables, String which) throws SQLException {
        return ManyTables.ask(
                connection,
                tables.stream().map(ChangedTable::identifier).toList(),
                String.format("count(*), min(ctid) FILTER (WHERE %1$s), max(ctid) FILTER (WHERE %1$s)", which),
                row -> new ChangedRows(row.getLong(2), row.getString(3), row.getString(4)));
    }

    boolean any() {
        return first != null;
    }

    /** The condition for them. */
    String where(String which) {
        return any() ? "ctid >= '" + first + "' AND ctid <= '" + last + "' AND " + which : "false";
    }
}
