package platform.core.manager;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import platform.core.api.Acknowledgement;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;

/** The alarms in the manager's database. */
final class AlarmTables {

    private static final String UPSERT = "INSERT INTO alarm (source, code, first, severity, text, cause, fix, last,"
            + " count, cleared, acknowledged, acknowledged_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (source, code, first) DO UPDATE SET severity = excluded.severity, text = excluded.text,"
            + " cause = excluded.cause, fix = excluded.fix, last = excluded.last, count = excluded.count,"
            + " cleared = excluded.cleared, acknowledged = excluded.acknowledged,"
            + " acknowledged_by = excluded.acknowledged_by";
    private static final String TRIM = "DELETE FROM alarm WHERE cleared < ? OR cleared <= (SELECT cleared FROM alarm"
            + " WHERE cleared IS NOT NULL ORDER BY cleared DESC OFFSET ? LIMIT 1)";

    private final DataSource source;

    AlarmTables(DataSource source) {
        this.source = source;
    }

    /** All that are kept, the active ones and those that are over, the last cleared first. */
    List<AlarmInfo> read() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT * FROM alarm ORDER BY cleared DESC, first DESC")) {
            List<AlarmInfo> alarms = new ArrayList<>();
            ResultSet rows = select.executeQuery();
            while (rows.next()) {
                alarms.add(read(rows));
            }
            return alarms;
        }
    }

    private static AlarmInfo read(ResultSet row) throws SQLException {
        String by = row.getString("acknowledged_by");
        return new AlarmInfo(
                row.getString("source"),
                row.getString("code"),
                AlarmSeverity.valueOf(row.getString("severity")),
                row.getString("text"),
                row.getString("cause"),
                List.of((String[]) row.getArray("fix").getArray()),
                row.getTimestamp("first").toInstant(),
                row.getTimestamp("last").toInstant(),
                row.getLong("count"),
                time(row, "cleared"),
                time(row, "acknowledged").map(at -> new Acknowledgement(at, by)));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    /**
     * Writes what is new about these, all or nothing. Repeating it is safe.
     *
     * @param oldest which of those that are over are forgotten: that ended before
     * @param kept how many of the others are kept
     */
    void write(Collection<AlarmInfo> alarms, Instant oldest, int kept) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            // A connection that is closed without commit is rolled back by its pool.
            try (PreparedStatement upsert = connection.prepareStatement(UPSERT);
                    PreparedStatement trim = connection.prepareStatement(TRIM)) {
                for (AlarmInfo alarm : alarms) {
                    bind(upsert, alarm);
                    upsert.addBatch();
                }
                upsert.executeBatch();
                trim.setTimestamp(1, Timestamp.from(oldest));
                trim.setInt(2, kept);
                trim.executeUpdate();
            }
            connection.commit();
        }
    }

    private static void bind(PreparedStatement upsert, AlarmInfo alarm) throws SQLException {
        upsert.setString(1, alarm.source());
        upsert.setString(2, alarm.code());
        upsert.setTimestamp(3, Timestamp.from(alarm.first()));
        upsert.setString(4, alarm.severity().name());
        upsert.setString(5, storable(alarm.text()));
        upsert.setString(6, storable(alarm.cause()));
        upsert.setArray(7, upsert.getConnection().createArrayOf("text", storable(alarm.fix())));
        upsert.setTimestamp(8, Timestamp.from(alarm.last()));
        upsert.setLong(9, alarm.count());
        upsert.setTimestamp(10, timestamp(alarm.cleared()));
        upsert.setTimestamp(11, timestamp(alarm.acknowledged().map(Acknowledgement::at)));
        upsert.setString(12, alarm.acknowledged().map(it -> storable(it.by())).orElse(null));
    }

    private static Timestamp timestamp(Optional<Instant> time) {
        return time.map(Timestamp::from).orElse(null);
    }

    private static String[] storable(List<String> words) {
        return words.stream().map(AlarmTables::storable).toArray(String[]::new);
    }

    /** PostgreSQL keeps no NUL in a text. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
