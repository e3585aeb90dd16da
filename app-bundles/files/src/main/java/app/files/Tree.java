package app.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The tree of entries, in one transaction. */
final class Tree {

    private static final String COLUMNS = "e.id, e.name, e.content, e.created, e.modified, c.size, c.sha256";
    private static final String BELOW = "WITH RECURSIVE below AS ("
            + "SELECT id, parent, name, content FROM entry WHERE id = ? "
            + "UNION ALL SELECT e.id, e.parent, e.name, e.content FROM below b JOIN entry e ON e.parent = b.id)";

    private final Sql sql;

    Tree(Sql sql) {
        this.sql = sql;
    }

    Location locate(DavPath path) throws SQLException {
        String query = "WITH RECURSIVE e AS ("
                + "SELECT id, name, content, created, modified, 0 AS depth FROM entry WHERE id = 0 UNION ALL "
                + "SELECT n.id, n.name, n.content, n.created, n.modified, e.depth + 1 "
                + "FROM e JOIN entry n ON n.parent = e.id AND n.name = (?::text[])[e.depth + 1]) "
                + "SELECT " + COLUMNS + " FROM e LEFT JOIN content c ON c.id = e.content ORDER BY e.depth";
        return new Location(
                path, sql.list(query, Tree::entry, (Object) path.names().toArray(String[]::new)));
    }

    /** As {@link #locate}, and until the transaction ends nobody else changes what is there. */
    Location claim(DavPath path) throws SQLException {
        Location seen = locate(path);
        if (!seen.exists()) {
            return seen;
        }
        sql.list(
                "SELECT 1 FROM entry WHERE id = ? FOR UPDATE",
                row -> true,
                seen.require().id());
        return locate(path);
    }

    /** The entries of a folder in the order of their names, after the given name. */
    List<Entry> children(long folder, String after, int limit) throws SQLException {
        return sql.list(
                "SELECT " + COLUMNS + " FROM entry e LEFT JOIN content c ON c.id = e.content "
                        + "WHERE e.parent = ? AND e.name > ? ORDER BY e.name LIMIT ?",
                Tree::entry,
                folder,
                after,
                limit);
    }

    long addFolder(long folder, String name, Instant now) throws SQLException {
        return sql.number(
                "INSERT INTO entry (parent, name, created, modified) VALUES (?, ?, ?, ?) RETURNING id",
                folder,
                name,
                now,
                now);
    }

    long addFile(long folder, String name, long content, Instant now) throws SQLException {
        return sql.number(
                "INSERT INTO entry (parent, name, content, created, modified) VALUES (?, ?, ?, ?, ?) RETURNING id",
                folder,
                name,
                content,
                now,
                now);
    }

    void replace(long file, long content, Instant now) throws SQLException {
        sql.update("UPDATE entry SET content = ?, modified = ? WHERE id = ?", content, now, file);
    }

    void move(long id, long folder, String name) throws SQLException {
        sql.update("UPDATE entry SET parent = ?, name = ? WHERE id = ?", folder, name, id);
    }

    /** Removes the entry and all below it; the contents stay until they are swept. */
    void remove(long id) throws SQLException {
        sql.update(BELOW + " DELETE FROM entry WHERE id IN (SELECT id FROM below)", id);
    }

    /** The size of all files at and below the entry. */
    long size(long id) throws SQLException {
        return sql.number(
                BELOW + " SELECT coalesce(sum(c.size), 0) FROM below b JOIN content c ON c.id = b.content", id);
    }

    /** The size of all files. */
    long size() throws SQLException {
        return sql.number("SELECT coalesce(sum(c.size), 0) FROM entry e JOIN content c ON c.id = e.content");
    }

    /** Copies the entry with its properties, and all below it if deep; the copies show the same contents. */
    void copy(long id, boolean deep, long folder, String name, Instant now) throws SQLException {
        String query = BELOW + ", pair AS (SELECT id, nextval(pg_get_serial_sequence('entry', 'id')) AS copy FROM below"
                + " WHERE ? OR id = ?), copied AS (INSERT INTO entry (id, parent, name, content, created, modified)"
                + " SELECT p.copy, coalesce(f.copy, ?), CASE WHEN b.id = ? THEN ? ELSE b.name END, b.content, ?, ?"
                + " FROM below b JOIN pair p ON p.id = b.id LEFT JOIN pair f ON f.id = b.parent)"
                + " INSERT INTO property (entry, namespace, name, value)"
                + " SELECT p.copy, o.namespace, o.name, o.value FROM pair p JOIN property o ON o.entry = p.id";
        sql.update(query, id, deep, id, folder, id, name, now, now);
    }

    static Entry entry(ResultSet row) throws SQLException {
        long content = row.getLong("content");
        Optional<Content> file = row.wasNull()
                ? Optional.empty()
                : Optional.of(Content.of(content, row.getLong("size"), row.getBytes("sha256")));
        return new Entry(
                row.getLong("id"), row.getString("name"), file, instant(row, "created"), instant(row, "modified"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
