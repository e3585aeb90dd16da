package platform.db.postgresql;

import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * Writes what has changed between two transactions: for each such table the keys of the rows that have changed, and those of these rows
 * that are there now; all rows of one without a key, or that was written anew.
 */
final class ChangeWriter {

    static final int END = 0;
    static final int TABLE = 1;
    static final int SEQUENCE = 2;

    private static final String KEYS = "platform_keys";
    private static final String SEQUENCES = "SELECT n.nspname, c.relname, pg_sequence_last_value(c.oid), s.seqstart"
            + " FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relpersistence <> 't' ORDER BY 1, 2";

    private final Connection then;
    private final Connection now;
    private final String isNew;
    private final Map<Long, Long> files;
    private final DataOutputStream out;
    private long rows;

    /**
     * @param oldest the oldest transaction that went on then
     * @param files the files of the tables then, by their ids
     */
    ChangeWriter(Connection then, Connection now, String oldest, Map<Long, Long> files, DataOutputStream out) {
        this.then = then;
        this.now = now;
        this.isNew = "age(xmin) <= age('" + oldest + "'::xid)";
        this.files = files;
        this.out = out;
    }

    /** Returns how many rows there were. */
    long write() throws SQLException, IOException {
        for (ChangedTable table : ChangedTable.all(now)) {
            boolean isAnew = !Long.valueOf(table.file()).equals(files.get(table.id()));
            if (isAnew || hasChanged(table)) {
                write(isAnew ? table.whole() : table);
            }
        }
        writeSequences();
        out.writeByte(END);
        return rows;
    }

    private boolean hasChanged(ChangedTable table) throws SQLException {
        return exists(then, table, "xmax <> '0'::xid") || exists(now, table, isNew);
    }

    private static boolean exists(Connection connection, ChangedTable table, String which) throws SQLException {
        return Rows.first(
                        connection,
                        "SELECT EXISTS (SELECT FROM ONLY " + table.identifier() + " WHERE " + which + ")",
                        row -> row.getBoolean(1))
                .orElseThrow();
    }

    private void write(ChangedTable table) throws SQLException, IOException {
        out.writeByte(TABLE);
        table.writeTo(out);
        String columns = ChangedTable.list(table.columns());
        String select = "SELECT " + columns + " FROM ONLY " + table.identifier();
        if (table.isWhole()) {
            rows += send(select);
            return;
        }
        String keys = ChangedTable.list(table.keys());
        Rows.execute(
                now,
                "CREATE TEMP TABLE " + KEYS + " AS SELECT " + keys + " FROM ONLY " + table.identifier() + " WHERE "
                        + isNew);
        collect("SELECT " + keys + " FROM ONLY " + table.identifier() + " WHERE xmax <> '0'::xid");
        Rows.execute(now, "ANALYZE " + KEYS);
        send("SELECT " + keys + " FROM " + KEYS);
        rows += send(select + " WHERE (" + keys + ") IN (SELECT " + keys + " FROM " + KEYS + ")");
        Rows.execute(now, "DROP TABLE " + KEYS);
    }

    /** The keys of what was removed are known to the earlier transaction alone. */
    private void collect(String select) throws SQLException {
        CopyOut from = TableCopier.copies(then).copyOut("COPY (" + select + ") TO STDOUT");
        CopyIn into = TableCopier.copies(now).copyIn("COPY " + KEYS + " FROM STDIN");
        for (byte[] row = from.readFromCopy(); row != null; row = from.readFromCopy()) {
            into.writeToCopy(row, 0, row.length);
        }
        into.endCopy();
    }

    private long send(String select) throws SQLException, IOException {
        CopyOut from = TableCopier.copies(now).copyOut("COPY (" + select + ") TO STDOUT");
        long count = 0;
        for (byte[] row = from.readFromCopy(); row != null; row = from.readFromCopy()) {
            out.writeInt(row.length);
            out.write(row);
            count++;
        }
        out.writeInt(0);
        return count;
    }

    private void writeSequences() throws SQLException, IOException {
        List<String[]> sequences = Rows.list(now, SEQUENCES, row ->
                new String[] {row.getString(1), row.getString(2), row.getString(3), row.getString(4)});
        for (String[] sequence : sequences) {
            out.writeByte(SEQUENCE);
            out.writeUTF(sequence[0]);
            out.writeUTF(sequence[1]);
            boolean used = sequence[2] != null;
            out.writeLong(Long.parseLong(used ? sequence[2] : sequence[3]));
            out.writeBoolean(used);
        }
    }
}
