package platform.db.postgresql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import platform.db.api.DatabaseException;
import platform.db.api.TableCopy;

/** Takes rows of tables over from one database into another, as text and in one transaction there. */
final class TableCopier {

    private static final String COLUMNS = "SELECT attname, pg_catalog.format_type(atttypid, atttypmod), attgenerated"
            + " FROM pg_catalog.pg_attribute WHERE attrelid = ?::pg_catalog.regclass AND attnum > 0"
            + " AND NOT attisdropped ORDER BY attnum";

    private final Connection source;
    private final Connection target;
    private final String owner;

    /** @param owner to whom new tables belong */
    TableCopier(Connection source, Connection target, String owner) {
        this.source = source;
        this.target = target;
        this.owner = owner;
    }

    private record Column(String name, String type, boolean generated) {

        String identifier() {
            return Sql.identifier(name);
        }
    }

    static List<TableCopy> tables(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                RowCounts.TABLES,
                row -> new TableCopy(row.getString(1), row.getString(2), row.getString(2)));
    }

    void copy(List<TableCopy> tables) throws SQLException, IOException {
        source.setAutoCommit(false);
        target.setAutoCommit(false);
        // Types are told with their schemas then.
        Rows.execute(source, "SET search_path = pg_catalog");
        Rows.execute(target, "SET search_path = pg_catalog");
        List<TableCopy> replaced =
                tables.stream().filter(TableCopy::isReplacement).toList();
        TableChecks checks = new TableChecks(target);
        if (!replaced.isEmpty()) {
            empty(replaced);
            checks.putOff(replaced);
        }
        for (TableCopy table : tables) {
            copy(table);
        }
        checks.make();
        target.commit();
    }

    private void empty(List<TableCopy> tables) throws SQLException {
        String names = tables.stream().map(it -> "ONLY " + into(it)).collect(Collectors.joining(", "));
        try {
            Rows.execute(target, "TRUNCATE " + names);
        } catch (SQLException e) {
            if ("0A000".equals(e.getSQLState())) {
                throw new DatabaseException(
                        "Rows of other tables refer to those that would be replaced: name those tables, too, or restore"
                                + " beside the present ones and copy what you need (" + e.getMessage() + ")",
                        e);
            }
            throw e;
        }
    }

    static String into(TableCopy table) {
        return Sql.identifier(table.schema()) + "." + Sql.identifier(table.into());
    }

    private void copy(TableCopy table) throws SQLException, IOException {
        String from = Sql.identifier(table.schema()) + "." + Sql.identifier(table.name());
        List<Column> columns = columns(source, from);
        if (table.isReplacement()) {
            columns = fitting(table, columns);
        } else {
            make(table, columns);
        }
        String names = columns.stream().map(Column::identifier).collect(Collectors.joining(", "));
        copyRows("SELECT " + names + " FROM ONLY " + from, into(table) + " (" + names + ")");
        Rows.execute(target, "ANALYZE " + into(table));
    }

    private static List<Column> columns(Connection connection, String table) throws SQLException {
        return Rows.list(
                connection,
                COLUMNS,
                row -> new Column(
                        row.getString(1), row.getString(2), !row.getString(3).isEmpty()),
                table);
    }

    private void make(TableCopy table, List<Column> columns) throws SQLException {
        String definitions =
                columns.stream().map(it -> it.identifier() + " " + it.type()).collect(Collectors.joining(", "));
        Rows.execute(target, "CREATE TABLE " + into(table) + " (" + definitions + ")");
        Rows.execute(target, "ALTER TABLE " + into(table) + " OWNER TO " + Sql.identifier(owner));
    }

    /** What the present table computes by itself is left to it. */
    private List<Column> fitting(TableCopy table, List<Column> columns) throws SQLException {
        List<Column> present = columns(target, into(table));
        for (Column column : columns) {
            if (present.stream().noneMatch(it -> it.name().equals(column.name()))) {
                throw new DatabaseException("The table " + table.title() + " has no column '" + column.name()
                        + "' any more: restore it beside the present one, and copy what you need");
            }
        }
        return present.stream()
                .filter(it -> !it.generated())
                .filter(it -> columns.stream().anyMatch(known -> known.name().equals(it.name())))
                .toList();
    }

    private void copyRows(String select, String into) throws SQLException, IOException {
        CopyOut out = copies(source).copyOut("COPY (" + select + ") TO STDOUT");
        CopyIn in = copies(target).copyIn("COPY " + into + " FROM STDIN");
        try {
            for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("The tables were not taken over: that was cancelled");
                }
                in.writeToCopy(row, 0, row.length);
            }
            in.endCopy();
        } finally {
            if (in.isActive()) {
                in.cancelCopy();
            }
            if (out.isActive()) {
                out.cancelCopy();
            }
        }
    }

    static CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
