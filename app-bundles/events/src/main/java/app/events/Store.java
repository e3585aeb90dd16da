package app.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The events in the instance's database. Each call is one statement, and so whole or not at all. */
final class Store {

    private static final String ALARM = "INSERT INTO event (kind, severity, code, host, serial, source, text, details,"
            + " first, last) VALUES ('ALARM', ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (serial, host, source, code) WHERE kind = 'ALARM' AND cleared IS NULL DO UPDATE SET"
            + " severity = excluded.severity, text = excluded.text, details = excluded.details,"
            + " last = excluded.last, count = event.count + 1,"
            // Who has seen it has not seen that it is worse.
            + " acknowledged = CASE WHEN excluded.severity > event.severity THEN NULL ELSE event.acknowledged END,"
            + " acknowledged_by = CASE WHEN excluded.severity > event.severity THEN NULL ELSE event.acknowledged_by END"
            + " RETURNING *";
    private static final String EVENT = "INSERT INTO event (kind, severity, code, host, serial, source, text, details,"
            + " first, last) VALUES ('EVENT', ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *";
    private static final String CLEAR = "UPDATE event SET cleared = ? WHERE code = ? AND"
            + " host = ? AND serial = ? AND source = ? AND kind = 'ALARM' AND cleared IS NULL RETURNING *";
    private static final String ACKNOWLEDGE = "UPDATE event SET acknowledged = ?, acknowledged_by = ? WHERE id = ?"
            + " AND acknowledged IS NULL RETURNING *";
    private static final String LIST = "SELECT * FROM event WHERE (NOT ? OR kind = 'ALARM' AND cleared IS NULL)"
            + " AND severity >= ? AND (? = 0 OR id < ?)"
            + " AND concat_ws(' ', host, source, code, text, details) ILIKE ? ORDER BY id DESC LIMIT ?";
    private static final String TRIM = "DELETE FROM event WHERE last < ? AND (kind = 'EVENT' OR cleared IS NOT NULL) OR"
            + " id <= (SELECT id FROM event ORDER BY id DESC OFFSET ? LIMIT 1)";

    private final DataSource source;

    Store(DataSource source) {
        this.source = source;
    }

    /**
     * Keeps what was told.
     *
     * @param now when: the clock of the sender may be wrong
     * @return the event as it is then; empty when an alarm is over that was not there
     */
    Optional<Event> add(Message message, Instant now) throws SQLException {
        if (message.type() == Message.Type.CLEAR) {
            return first(CLEAR, message.date(), message.code(), message.host(), message.serial(), message.source());
        }
        return first(
                message.type() == Message.Type.ALARM ? ALARM : EVENT,
                message.severity(),
                message.code(),
                message.host(),
                message.serial(),
                message.source(),
                message.text(),
                message.details(),
                message.date(),
                now);
    }

    /** Notes who deals with it; empty when somebody does already, or there is none of this number. */
    Optional<Event> acknowledge(long id, String by, Instant now) throws SQLException {
        return first(ACKNOWLEDGE, now, by, id);
    }

    /** The newest first. */
    List<Event> list(Filter filter, int limit) throws SQLException {
        return query(LIST, filter.open(), filter.severity(), filter.before(), filter.before(), filter.pattern(), limit);
    }

    /** Forgets what ended before then, and the oldest beyond so many. Returns how many were forgotten. */
    int trim(Instant oldest, int rows) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = prepare(connection, TRIM, oldest, rows)) {
            return statement.executeUpdate();
        }
    }

    private Optional<Event> first(String sql, Object... arguments) throws SQLException {
        return query(sql, arguments).stream().findFirst();
    }

    private List<Event> query(String sql, Object... arguments) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = prepare(connection, sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            List<Event> events = new ArrayList<>();
            while (rows.next()) {
                events.add(event(rows));
            }
            return events;
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            statement.setObject(i + 1, argument instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : argument);
        }
        return statement;
    }

    private static Event event(ResultSet row) throws SQLException {
        String by = row.getString("acknowledged_by");
        return new Event(
                row.getLong("id"),
                row.getString("kind"),
                row.getInt("severity"),
                row.getString("code"),
                row.getString("host"),
                row.getString("serial"),
                row.getString("source"),
                row.getString("text"),
                row.getString("details"),
                seconds(row, "first"),
                seconds(row, "last"),
                row.getLong("count"),
                seconds(row, "cleared"),
                by == null ? "" : by);
    }

    private static long seconds(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column) == null
                ? 0
                : row.getTimestamp(column).toInstant().getEpochSecond();
    }
}
