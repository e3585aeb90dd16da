package platform.db.postgresql;

import java.io.DataInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postgresql.copy.CopyIn;
import platform.db.api.DatabaseException;

/** Applies what {@link ChangeWriter} has written: the rows with a key that was told go, and those that are there now come. */
final class ChangeReader {

    private static final String KEYS = "platform_keys";

    /** No row is longer; what says so is no change of ours. */
    private static final int LONGEST = 1 << 30;

    private final Connection connection;
    private final DataInputStream in;
    private final Map<String, Long> gained = new TreeMap<>();

    /** @param connection one in a transaction, in which triggers are silent */
    ChangeReader(Connection connection, DataInputStream in) {
        this.connection = connection;
        this.in = in;
    }

    /** Returns how many rows each table has more than before. */
    Map<String, Long> apply() throws SQLException, IOException {
        for (int kind = in.readByte(); kind != ChangeWriter.END; kind = in.readByte()) {
            switch (kind) {
                case ChangeWriter.TABLE -> table(ChangedTable.readFrom(in));
                case ChangeWriter.SEQUENCE -> sequence();
                default -> throw foreign();
            }
        }
        return gained;
    }

    private static DatabaseException foreign() {
        return new DatabaseException("What was sent are no changes of a database: the platforms do not fit, or the"
                + " connection is disturbed");
    }

    private void table(ChangedTable table) throws SQLException, IOException {
        long removed = table.isWhole() ? remove("DELETE FROM ONLY " + table.identifier()) : removeByKeys(table);
        long added = receive(table.identifier() + " (" + ChangedTable.list(table.columns()) + ")");
        gained.put(table.title(), added - removed);
    }

    private long remove(String delete) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            return statement.executeLargeUpdate(delete);
        }
    }

    private long removeByKeys(ChangedTable table) throws SQLException, IOException {
        Rows.execute(
                connection,
                "CREATE TEMP TABLE " + KEYS + " AS SELECT " + ChangedTable.list(table.keys()) + " FROM ONLY "
                        + table.identifier() + " WITH NO DATA");
        receive(KEYS);
        Rows.execute(connection, "ANALYZE " + KEYS);
        String same = table.keys().stream()
                .map(Sql::identifier)
                .map(key -> "t." + key + " = k." + key)
                .collect(Collectors.joining(" AND "));
        long removed = remove("DELETE FROM ONLY " + table.identifier() + " t USING " + KEYS + " k WHERE " + same);
        Rows.execute(connection, "DROP TABLE " + KEYS);
        return removed;
    }

    private long receive(String into) throws SQLException, IOException {
        CopyIn copy = TableCopier.copies(connection).copyIn("COPY " + into + " FROM STDIN");
        try {
            for (int length = in.readInt(); length != 0; length = in.readInt()) {
                if (length < 0 || length > LONGEST) {
                    throw foreign();
                }
                copy.writeToCopy(in.readNBytes(length), 0, length);
            }
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void sequence() throws SQLException, IOException {
        String name = Sql.identifier(in.readUTF()) + "." + Sql.identifier(in.readUTF());
        long value = in.readLong();
        boolean used = in.readBoolean();
        Rows.execute(connection, "SELECT setval(" + Sql.text(name) + ", " + value + ", " + used + ")");
    }
}
