package platform.db.postgresql;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table whose rows are told.
 *
 * @param file which file its rows are in; another one when it was emptied or written anew
 * @param columns those that can be given
 * @param keys those of the primary key; none when it has none, or all of its rows are told
 */
record ChangedTable(String schema, String name, long id, long file, List<String> columns, List<String> keys) {

    private static final String TABLES = "SELECT t.schema, t.name, c.oid, pg_relation_filenode(c.oid) AS file,"
            + " ARRAY(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0"
            + " AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns,"
            + " ARRAY(SELECT a.attname FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k (att, place), pg_attribute a"
            + " WHERE i.indrelid = c.oid AND i.indisprimary AND k.place <= i.indnkeyatts AND a.attrelid = c.oid"
            + " AND a.attnum = k.att ORDER BY k.place) AS keys FROM (" + RowCounts.TABLES + ") t"
            + " JOIN pg_namespace n ON n.nspname = t.schema JOIN pg_class c ON c.relnamespace = n.oid"
            + " AND c.relname = t.name ORDER BY 1, 2";

    ChangedTable {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    static List<ChangedTable> all(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                TABLES,
                row -> new ChangedTable(
                        row.getString("schema"),
                        row.getString("name"),
                        row.getLong("oid"),
                        row.getLong("file"),
                        texts(row, "columns"),
                        texts(row, "keys")));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    /** The same, to be told as a whole. */
    ChangedTable whole() {
        return new ChangedTable(schema, name, id, file, columns, List.of());
    }

    boolean isWhole() {
        return keys.isEmpty();
    }

    /** As counts of rows call it. */
    String title() {
        return schema + "." + name;
    }

    /** As SQL calls it. */
    String identifier() {
        return Sql.identifier(schema) + "." + Sql.identifier(name);
    }

    static String list(List<String> names) {
        return names.stream().map(Sql::identifier).collect(Collectors.joining(", "));
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeUTF(schema);
        out.writeUTF(name);
        write(out, columns);
        write(out, keys);
    }

    static ChangedTable readFrom(DataInput in) throws IOException {
        return new ChangedTable(in.readUTF(), in.readUTF(), 0, 0, read(in), read(in));
    }

    private static void write(DataOutput out, List<String> names) throws IOException {
        out.writeShort(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    private static List<String> read(DataInput in) throws IOException {
        int count = in.readUnsignedShort();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(in.readUTF());
        }
        return names;
    }
}
