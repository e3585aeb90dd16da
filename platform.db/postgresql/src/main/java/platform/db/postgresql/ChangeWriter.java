package platform.db.postgresql;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
    private static final String IS_REMOVED = "xmax <> '0'::xid";
    private static final String FILE = "SELECT pg_relation_filenode(?::bigint::oid)";
    private static final String SEQUENCES = "SELECT n.nspname, c.relname, pg_sequence_last_value(c.oid), s.seqstart"
            + " FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relpersistence <> 't' ORDER BY 1, 2";

    private final Connection then;
    private final Connection now;
    private final String isNew;
    private final Map<Long, Long> files;
    private final DataOutputStream out;

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

    /**
     * Reads each table once in either transaction, both at a time: while that goes on an instance may be waiting.
     *
     * @return how many rows each table has now
     */
    Map<String, Long> write() throws SQLException, IOException {
        List<ChangedTable> tables = ChangedTable.all(now);
        FutureTask<List<ChangedRows>> removed = new FutureTask<>(() -> ChangedRows.of(then, tables, IS_REMOVED));
        new Thread(removed, "postgresql-changes").start();
        List<ChangedRows> added = ChangedRows.of(now, tables, isNew);
        List<ChangedRows> gone = result(removed);
        Map<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < tables.size(); i++) {
            counts.put(tables.get(i).title(), added.get(i).all());
            write(tables.get(i), added.get(i), gone.get(i));
        }
        writeSequences();
        out.writeByte(END);
        return counts;
    }

    private static <T> T result(FutureTask<T> task) throws SQLException, InterruptedIOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("It was cancelled");
        } catch (ExecutionException e) {
            throw new SQLException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Taken back at its end, it gives its locks back: the app may empty the table or change it meanwhile. */
    private void write(ChangedTable table, ChangedRows added, ChangedRows removed) throws SQLException, IOException {
        boolean isAnew = isAnew(table, files.get(table.id()));
        if (isAnew || added.any() || removed.any()) {
            Savepoint before = now.setSavepoint();
            Rows.execute(now, "LOCK TABLE ONLY " + table.identifier() + " IN ACCESS SHARE MODE");
            // Where rows lie was read without a lock.
            if (isAnew
                    || isAnew(
                            table,
                            Rows.first(now, FILE, row -> row.getLong(1), table.id())
                                    .orElse(null))) {
                writeAll(table.whole());
            } else if (table.isWhole()) {
                writeAll(table);
            } else {
                writeChanges(table, added, removed);
            }
            now.rollback(before);
        }
    }

    private static boolean isAnew(ChangedTable table, Long file) {
        return !Long.valueOf(table.file()).equals(file);
    }

    private void writeAll(ChangedTable table) throws SQLException, IOException {
        begin(table);
        send(select(table));
    }

    private void begin(ChangedTable table) throws IOException {
        out.writeByte(TABLE);
        table.writeTo(out);
    }

    private static String select(ChangedTable table) {
        return "SELECT " + ChangedTable.list(table.columns()) + " FROM ONLY " + table.identifier();
    }

    private void writeChanges(ChangedTable table, ChangedRows added, ChangedRows removed)
            throws SQLException, IOException {
        begin(table);
        String keys = ChangedTable.list(table.keys());
        String keysOf = "SELECT " + keys + " FROM ONLY " + table.identifier() + " WHERE ";
        Rows.execute(now, "CREATE TEMP TABLE " + KEYS + " AS " + keysOf + added.where(isNew));
        collect(keysOf + removed.where(IS_REMOVED));
        Rows.execute(now, "ANALYZE " + KEYS);
        send("SELECT " + keys + " FROM " + KEYS);
        send(select(table) + " WHERE (" + keys + ") IN (SELECT " + keys + " FROM " + KEYS + ")");
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

    private void send(String select) throws SQLException, IOException {
        CopyOut from = TableCopier.copies(now).copyOut("COPY (" + select + ") TO STDOUT");
        for (byte[] row = from.readFromCopy(); row != null; row = from.readFromCopy()) {
            out.writeInt(row.length);
            out.write(row);
        }
        out.writeInt(0);
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
