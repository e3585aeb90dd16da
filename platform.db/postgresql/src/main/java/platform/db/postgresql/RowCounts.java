package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the rows that a dump has: of every table and materialized view, but those of extensions, which make their own. */
final class RowCounts {

    private static final String RELATIONS = "SELECT n.nspname AS schema, c.relname AS name FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS ("
            + "SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid"
            + " AND d.deptype = 'e') AND ";

    /** The tables with rows of their own, by {@code schema} and {@code name}. */
    static final String TABLES = RELATIONS + "c.relkind = 'r' ORDER BY 1, 2";

    private static final String COUNTED =
            RELATIONS + "(c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated) ORDER BY 1, 2";

    /** So that it does not hold up the dump, which walks through the same tables, it asks for many at a time. */
    private static final int BATCH = 50;

    private RowCounts() {}

    private record Table(String schema, String name) {

        String title() {
            return schema + "." + name;
        }

        String count(int index) {
            return "SELECT " + index + ", count(*) FROM ONLY " + Sql.identifier(schema) + "." + Sql.identifier(name);
        }
    }

    /** @param connection one in a transaction */
    static Map<String, Long> of(Connection connection) throws SQLException {
        List<Table> tables =
                Rows.list(connection, COUNTED, row -> new Table(row.getString("schema"), row.getString("name")));
        Map<String, Long> counts = new TreeMap<>();
        for (int begin = 0; begin < tables.size(); begin += BATCH) {
            // Taken back, it gives its locks back: thousands of tables would need more than the server has.
            Savepoint before = connection.setSavepoint();
            count(connection, tables.subList(begin, Math.min(begin + BATCH, tables.size())), counts);
            connection.rollback(before);
        }
        return counts;
    }

    private static void count(Connection connection, List<Table> tables, Map<String, Long> counts) throws SQLException {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < tables.size(); i++) {
            sql.append(i == 0 ? "" : " UNION ALL ").append(tables.get(i).count(i));
        }
        Rows.list(
                connection,
                sql.toString(),
                row -> counts.put(tables.get(row.getInt(1)).title(), row.getLong(2)));
    }
}
