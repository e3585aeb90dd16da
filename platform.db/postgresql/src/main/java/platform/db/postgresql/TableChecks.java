package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import platform.db.api.TableCopy;

/**
 * What would be in the way while rows of several tables are replaced in one transaction: triggers of the app's, which have done
 * their work already, and keys, which hold at the end only. All of it is afterwards as it was.
 */
final class TableChecks {

    private static final String TRIGGERS = "SELECT tgname, tgenabled FROM pg_catalog.pg_trigger"
            + " WHERE tgrelid = ?::pg_catalog.regclass AND NOT tgisinternal AND tgenabled IN ('O', 'A')";
    private static final String KEYS = "SELECT conname, condeferrable, condeferred FROM pg_catalog.pg_constraint"
            + " WHERE conrelid = ?::pg_catalog.regclass AND contype = 'f' AND conparentid = 0";
    private static final String SEQUENCES = "SELECT attname, pg_catalog.pg_get_serial_sequence(?, attname)"
            + " FROM pg_catalog.pg_attribute WHERE attrelid = ?::pg_catalog.regclass AND attnum > 0"
            + " AND NOT attisdropped AND pg_catalog.pg_get_serial_sequence(?, attname) IS NOT NULL";

    private final Connection connection;
    private final List<String> afterwards = new ArrayList<>();

    TableChecks(Connection connection) {
        this.connection = connection;
    }

    void putOff(List<TableCopy> tables) throws SQLException {
        for (TableCopy table : tables) {
            String name = TableCopier.into(table);
            silence(name);
            defer(name);
            moveOn(name);
        }
    }

    private void silence(String table) throws SQLException {
        for (String[] trigger :
                Rows.list(connection, TRIGGERS, row -> new String[] {row.getString(1), row.getString(2)}, table)) {
            String name = Sql.identifier(trigger[0]);
            Rows.execute(connection, "ALTER TABLE " + table + " DISABLE TRIGGER " + name);
            afterwards.add("ALTER TABLE " + table + " ENABLE " + (trigger[1].equals("A") ? "ALWAYS " : "") + "TRIGGER "
                    + name);
        }
    }

    private void defer(String table) throws SQLException {
        for (String[] key : Rows.list(
                connection,
                KEYS,
                row -> new String[] {row.getString(1), deferral(row.getBoolean(2), row.getBoolean(3))},
                table)) {
            String alter = "ALTER TABLE " + table + " ALTER CONSTRAINT " + Sql.identifier(key[0]);
            Rows.execute(connection, alter + " DEFERRABLE INITIALLY DEFERRED");
            afterwards.add(alter + key[1]);
        }
    }

    private static String deferral(boolean deferrable, boolean deferred) {
        return (deferrable ? " DEFERRABLE" : " NOT DEFERRABLE") + (deferred ? " INITIALLY DEFERRED" : "");
    }

    /** A sequence that stands below the largest number of its column would give numbers that are taken. */
    private void moveOn(String table) throws SQLException {
        for (String[] column : Rows.list(
                connection, SEQUENCES, row -> new String[] {row.getString(1), row.getString(2)}, table, table, table)) {
            String sequence = Sql.text(column[1]) + "::pg_catalog.regclass";
            afterwards.add("SELECT pg_catalog.setval(" + sequence + ", m.most) FROM (SELECT pg_catalog.max("
                    + Sql.identifier(column[0]) + ") AS most FROM " + table + ") m, " + column[1]
                    + " s WHERE m.most > s.last_value");
        }
    }

    /** Checks the keys, and puts everything back. */
    void make() throws SQLException {
        Rows.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        for (String statement : afterwards) {
            Rows.execute(connection, statement);
        }
    }
}
