package platform.db.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.Quota;

/**
 * Ends statements and transactions that last longer than their quota, whatever the sessions have set. A statement is
 * cancelled; one that goes on nevertheless, since a function can catch that, takes its session with it the next time.
 */
final class OverlongSessions {

    private static final Logger LOG = LoggerFactory.getLogger(OverlongSessions.class);
    private static final String CANCEL = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
            + " WHERE pid = ?::int AND query_start = ?::timestamptz";
    private static final String TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE pid = ?::int AND ? IN (query_start::text, state_change::text)";

    private final Sessions sessions;
    private Set<Session> cancelled = Set.of();

    OverlongSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    /** A session in a statement or a transaction; the times tell it from a later one of the same process. */
    private record Session(String pid, String database, String begun) {}

    /** Such a session at this moment. */
    private record Moment(Session session, String changed, Optional<Duration> running, Optional<Duration> idle) {

        static Moment of(ResultSet row) throws SQLException {
            return new Moment(
                    new Session(row.getString("pid"), row.getString("database"), row.getString("begun")),
                    row.getString("changed"),
                    Rows.number(row, "running_ms").map(Duration::ofMillis),
                    Rows.number(row, "idle_ms").map(Duration::ofMillis));
        }
    }

    /** The longest of each kind. */
    record Longest(Duration statement, Duration idle) {}

    Longest longest(String database) {
        List<Moment> moments = sessions.administer("look at the sessions", OverlongSessions::moments).stream()
                .filter(it -> database.equals(it.session().database()))
                .toList();
        return new Longest(
                longest(moments.stream().map(Moment::running).toList()),
                longest(moments.stream().map(Moment::idle).toList()));
    }

    private static Duration longest(List<Optional<Duration>> times) {
        return times.stream().flatMap(Optional::stream).reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    private static List<Moment> moments(Connection connection) throws SQLException {
        return Rows.list(connection, QuotaSql.SESSIONS, Moment::of);
    }

    void end(Map<String, Quota> quotas) {
        sessions.administer("end what takes too long", connection -> {
            Set<Session> now = new HashSet<>();
            for (Moment moment : moments(connection)) {
                Quota quota =
                        quotas.getOrDefault(String.valueOf(moment.session().database()), Quota.NONE);
                if (exceeds(moment.idle(), quota.idleInTransaction())) {
                    endIdle(connection, moment, quota);
                } else if (exceeds(moment.running(), quota.statementTime())) {
                    endRunning(connection, moment, quota);
                    now.add(moment.session());
                }
            }
            cancelled = now;
            return null;
        });
    }

    private static boolean exceeds(Optional<Duration> time, Optional<Duration> limit) {
        return time.isPresent() && limit.isPresent() && time.get().compareTo(limit.get()) > 0;
    }

    private static void endIdle(Connection connection, Moment moment, Quota quota) throws SQLException {
        Session it = moment.session();
        LOG.warn(
                "'{}': a transaction that did nothing for {} is ended with its session; its limit is {}",
                it.database(),
                moment.idle().orElseThrow(),
                quota.idleInTransaction().orElseThrow());
        Rows.list(connection, TERMINATE, row -> row.getBoolean(1), it.pid(), moment.changed());
    }

    private void endRunning(Connection connection, Moment moment, Quota quota) throws SQLException {
        Session it = moment.session();
        boolean again = cancelled.contains(it);
        LOG.warn(
                "'{}': a statement that takes {} is {}; its limit is {}",
                it.database(),
                moment.running().orElseThrow(),
                again ? "ended with its session, for it did not let itself be cancelled" : "cancelled",
                quota.statementTime().orElseThrow());
        Rows.list(connection, again ? TERMINATE : CANCEL, row -> row.getBoolean(1), it.pid(), it.begun());
    }
}
