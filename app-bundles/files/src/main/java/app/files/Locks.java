package app.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The write locks, in one transaction. */
final class Locks {

    private static final String COLUMNS = "l.token, l.entry, l.exclusive, l.deep, l.owner, l.expires";
    private static final String BELOW = "WITH RECURSIVE below AS ("
            + "SELECT id, ARRAY[]::text[] COLLATE \"C\" AS names FROM entry WHERE id = ? "
            + "UNION ALL SELECT e.id, b.names || e.name FROM below b JOIN entry e ON e.parent = b.id) ";

    private final Sql sql;

    Locks(Sql sql) {
        this.sql = sql;
    }

    /** The locks whose root is one of these entries. */
    List<Lock> on(Collection<Long> entries, Instant now) throws SQLException {
        return sql.list(
                "SELECT " + COLUMNS + " FROM write_lock l WHERE l.entry = ANY (?) AND l.expires > ? ORDER BY l.token",
                Locks::lock,
                entries.toArray(Long[]::new),
                now);
    }

    /** The locks that hold at a place: those on it, and the deep ones above. */
    List<Lock> at(Location place, Instant now) throws SQLException {
        List<Long> chain = place.chain().stream().map(Entry::id).toList();
        long self = place.entry().map(Entry::id).orElse(-1L);
        return on(chain, now).stream()
                .filter(lock -> lock.deep() || lock.entry() == self)
                .toList();
    }

    /** The locks on entries below this one, itself left out. */
    List<Below> below(long entry, Instant now) throws SQLException {
        return sql.list(
                BELOW + "SELECT b.names, " + COLUMNS + " FROM below b JOIN write_lock l ON l.entry = b.id "
                        + "WHERE l.entry <> ? AND l.expires > ? ORDER BY b.names",
                row -> new Below(List.of((String[]) row.getArray(1).getArray()), lock(row)),
                entry,
                entry,
                now);
    }

    void add(Lock lock) throws SQLException {
        sql.update(
                "INSERT INTO write_lock (token, entry, exclusive, deep, owner, expires) VALUES (?, ?, ?, ?, ?, ?)",
                lock.token(),
                lock.entry(),
                lock.exclusive(),
                lock.deep(),
                lock.owner(),
                lock.expires());
    }

    void refresh(Set<String> tokens, Instant expires) throws SQLException {
        sql.update("UPDATE write_lock SET expires = ? WHERE token = ANY (?)", expires, tokens.toArray(String[]::new));
    }

    void remove(String token) throws SQLException {
        sql.update("DELETE FROM write_lock WHERE token = ?", token);
    }

    /** Removes the locks on the entry and all below it. */
    void removeBelow(long entry) throws SQLException {
        sql.update(BELOW + "DELETE FROM write_lock WHERE entry IN (SELECT id FROM below)", entry);
    }

    void removeExpired(Instant now) throws SQLException {
        sql.update("DELETE FROM write_lock WHERE expires <= ?", now);
    }

    private static Lock lock(ResultSet row) throws SQLException {
        return new Lock(
                row.getString("token"),
                row.getLong("entry"),
                row.getBoolean("exclusive"),
                row.getBoolean("deep"),
                row.getString("owner"),
                Tree.instant(row, "expires"));
    }

    /**
     * A lock on an entry below another.
     *
     * @param names the way from the upper entry to the lock's root
     */
    record Below(List<String> names, Lock lock) {}
}
