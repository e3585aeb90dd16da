package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
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

    private RowCounts() {}

    private record Table(String schema, String name) {

        String title() {
            return schema + "." + name;
        }

        String identifier() {
            return Sql.identifier(schema) + "." + Sql.identifier(name);
        }
    }

    /** @param connection one in a transaction */
    static Map<String, Long> of(Connection connection) throws SQLException {
        List<Table> tables =
                Rows.list(connection, COUNTED, row -> new Table(row.getString("schema"), row.getString("name")));
        List<Long> counts = ManyTables.ask(
                connection, tables.stream().map(Table::identifier).toList(), "count(*)", row -> row.getLong(2));
        Map<String, Long> all = new TreeMap<>();
        for (int i = 0; i < counts.size(); i++) {
            all.put(tables.get(i).title(), counts.get(i));
        }
        return all;
    }
}
