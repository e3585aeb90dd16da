package platform.db.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseStatus;
import platform.db.api.LockWait;
import platform.db.api.TableStatus;

/** Reads the statistics that the server keeps; the questions are in {@link StatisticsSql}. */
final class PostgresStatistics implements DatabaseStatistics {

    private final Sessions sessions;

    PostgresStatistics(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<DatabaseStatus> databases() {
        return sessions.administer(
                "measure the databases",
                connection -> Rows.list(connection, StatisticsSql.DATABASES + " ORDER BY name", this::status));
    }

    /** Of one server only: it answers, or its questions fail. */
    @Override
    public Map<String, String> away() {
        return Map.of();
    }

    @Override
    public Optional<DatabaseStatus> database(String database) {
        return sessions.administer(
                "measure the database '" + database + "'",
                connection -> Rows.first(
                        connection, StatisticsSql.DATABASES + " WHERE d.datname = ?", this::status, database));
    }

    private DatabaseStatus status(ResultSet row) throws SQLException {
        double hit = row.getDouble("cache_hit");
        Optional<Double> ratio = row.wasNull() ? Optional.empty() : Optional.of(hit);
        return new DatabaseStatus(
                row.getString("name"),
                sessions.server().name(),
                row.getString("role"),
                row.getLong("bytes"),
                row.getInt("connections"),
                ratio,
                Rows.number(row, "longest_ms").map(Duration::ofMillis),
                row.getInt("waiting"),
                row.getLong("deadlocks"),
                row.getLong("temp_bytes"));
    }

    @Override
    public List<TableStatus> tables(String database) {
        return sessions.look(
                database, "measure the tables of the database '" + database + "'", PostgresStatistics::tables);
    }

    /** The tables of the database that the connection leads to. */
    static List<TableStatus> tables(Connection connection) throws SQLException {
        return Rows.list(connection, StatisticsSql.TABLES, PostgresStatistics::table);
    }

    private static TableStatus table(ResultSet row) throws SQLException {
        return new TableStatus(
                row.getString("schema"),
                row.getString("name"),
                row.getLong("bytes"),
                row.getLong("index_bytes"),
                row.getLong("live"),
                row.getLong("dead"),
                Rows.number(row, "bloat"),
                Rows.number(row, "index_bloat"),
                Rows.instant(row, "vacuumed"),
                Rows.instant(row, "analyzed"));
    }

    @Override
    public List<LockWait> lockWaits(String database) {
        return sessions.look(
                database,
                "look at the locks of the database '" + database + "'",
                connection -> Rows.list(connection, StatisticsSql.LOCKS, PostgresStatistics::lockWait));
    }

    private static LockWait lockWait(ResultSet row) throws SQLException {
        return new LockWait(
                row.getInt("pid"),
                Arrays.asList((Integer[]) row.getArray("blockers").getArray()),
                row.getString("mode"),
                Optional.ofNullable(row.getString("relation")),
                Duration.ofMillis(Math.max(0, row.getLong("waiting_ms"))));
    }
}
