package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;
import platform.db.api.Quota;
import platform.db.api.QuotaState;
import platform.db.postgresql.WriteLock.Cause;

/**
 * Measures databases and closes those that are too large. To measure one, the server looks at each of its files, so it is done
 * only when something has happened in it.
 */
final class DatabaseSizes {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSizes.class);
    private static final String SIZE = "SELECT pg_database_size(oid) FROM pg_database WHERE datname = ?";
    /** A database is opened again when so much of its limit is free. */
    private static final int FREE_PART = 50;

    private final Sessions sessions;
    private final WriteLock lock;
    private final Shrinking shrinking;
    private final Map<String, Measured> measured = new ConcurrentHashMap<>();
    /** Those that were closed by this object, and at which limit. */
    private final Map<String, Long> held = new ConcurrentHashMap<>();
    /** Those that are open, but still have something of the lock in them. */
    private final Set<String> opening = ConcurrentHashMap.newKeySet();

    DatabaseSizes(Sessions sessions, WriteLock lock, Shrinking shrinking) {
        this.sessions = sessions;
        this.lock = lock;
        this.shrinking = shrinking;
    }

    /** A size, and what had been done in the database by then. */
    private record Measured(String done, long bytes) {}

    boolean isClosed(String database) {
        return held.containsKey(database);
    }

    long bytes(String database) {
        return sessions.administer("measure '" + database + "'", connection -> bytes(connection, database))
                .orElse(0L);
    }

    private static Optional<Long> bytes(Connection connection, String database) throws SQLException {
        return Rows.first(connection, SIZE, row -> row.getLong(1), database);
    }

    List<QuotaState> check(Map<String, Quota> quotas) {
        Set<String> closed = lock.closed().get(Cause.QUOTA);
        Set<String> watched = new TreeSet<>();
        quotas.forEach((database, quota) -> {
            // What is closed and has no limit any more is opened, but not what nothing is known of.
            boolean limited = quota.softBytes().isPresent() || quota.hardBytes().isPresent();
            if (limited || closed.contains(database)) {
                watched.add(database);
            }
        });
        if (!watched.isEmpty()) {
            measure(watched, closed);
        }
        measured.keySet().retainAll(watched);
        // One that was dropped may have come back.
        held.keySet().retainAll(closed);
        opening.retainAll(closed);
        List<QuotaState> states = new ArrayList<>();
        for (String database : watched) {
            Measured size = measured.get(database);
            if (size != null) {
                long hard = quotas.get(database).hardBytes().orElse(Long.MAX_VALUE);
                judge(database, size.bytes(), hard, closed.contains(database));
                states.add(new QuotaState(database, size.bytes(), isClosed(database)));
            }
        }
        return states;
    }

    /** What is closed is about to become smaller, so it is measured each time. */
    private void measure(Set<String> watched, Set<String> closed) {
        sessions.administer("measure the databases", connection -> {
            Map<String, String> done = new HashMap<>();
            Set<String> writing = new HashSet<>();
            Rows.list(connection, QuotaSql.ACTIVITY, row -> {
                done.put(row.getString("database"), row.getString("done"));
                return row.getBoolean("writes") && writing.add(row.getString("database"));
            });
            for (String database : watched) {
                String now = done.getOrDefault(database, "");
                Measured last = measured.get(database);
                if (last == null
                        || !last.done().equals(now)
                        || writing.contains(database)
                        || closed.contains(database)) {
                    bytes(connection, database)
                            .ifPresentOrElse(
                                    bytes -> measured.put(database, new Measured(now, bytes)),
                                    () -> measured.remove(database));
                }
            }
            return null;
        });
    }

    private void judge(String database, long bytes, long hard, boolean closed) {
        long enough = hard - hard / FREE_PART;
        try {
            if (bytes > hard && !Long.valueOf(hard).equals(held.get(database))) {
                close(database, bytes, hard);
            } else if (closed && bytes <= (opening.contains(database) ? hard : enough)) {
                open(database, bytes);
            } else if (closed && !isClosed(database)) {
                close(database, bytes, hard);
            }
            if (isClosed(database)) {
                shrinking.begin(database, bytes, enough);
            }
        } catch (DatabaseException e) {
            LOG.warn("'{}' has {} of {} bytes, but: {}", database, bytes, hard, e.getMessage());
        }
    }

    private void close(String database, long bytes, long hard) {
        lock.close(
                database,
                Cause.QUOTA,
                String.format(
                        "The database \"%s\" takes %,.1f MB, its limit is %,.1f MB: nothing can be added or changed",
                        database, bytes / 1e6, hard / 1e6));
        held.put(database, hard);
        opening.remove(database);
        LOG.warn("The database '{}' is closed: it takes {} bytes, its limit is {}", database, bytes, hard);
    }

    private void open(String database, long bytes) {
        boolean whole = lock.open(database, Cause.QUOTA);
        if (held.remove(database) != null) {
            LOG.info("The database '{}' is open again: it takes {} bytes", database, bytes);
        }
        shrinking.forget(database);
        if (whole) {
            opening.remove(database);
        } else {
            opening.add(database);
        }
    }
}
