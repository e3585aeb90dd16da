package platform.db.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.core.Parser;
import platform.db.api.DatabaseException;
import platform.db.api.SqlConsole;
import platform.db.api.SqlRequest;
import platform.db.api.SqlResult;

/**
 * Runs one statement by a login of its own. What is read-only stays so for three reasons, each of them enough: the
 * transaction is read-only and has begun to read, after which the server lets nobody change that; there is one statement,
 * which may end this transaction but cannot begin another; and in the end the transaction is rolled back.
 */
final class PostgresConsole implements SqlConsole {

    private final Sessions sessions;

    PostgresConsole(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public SqlResult run(SqlRequest request) {
        String sql = single(request.sql());
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("statement_timeout", request.timeout().toMillis() + "ms");
        settings.put("idle_in_transaction_session_timeout", "60s");
        // The driver's idea of where a string ends has to be the one that the statement was looked at with.
        settings.put("standard_conforming_strings", "on");
        settings.put("default_transaction_read_only", request.write() ? "off" : "on");
        try {
            return sessions.asOwner(
                    request.database(),
                    settings,
                    session -> Cancellable.run(
                            session.connection(),
                            "The statement",
                            () -> request.write()
                                    ? execute(session.connection(), sql, request.rows())
                                    : read(session.connection(), sql, request.rows()),
                            () -> {}));
        } catch (SQLException e) {
            throw new DatabaseException(
                    "The server refuses the statement in the database '" + request.database() + "': "
                            + reason(request, e),
                    e);
        }
    }

    private static String reason(SqlRequest request, SQLException e) {
        return String.valueOf(e.getMessage()).contains("CopyManager")
                ? "COPY would send or take the rows over this connection. Ask for them by SELECT"
                : e.getMessage() + hint(request, e);
    }

    private static String hint(SqlRequest request, SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "25006" ->
                request.write() ? "" : ". Say that it may write (--write, or \"write\": true) if that is meant";
            case "57014" -> ". It was given " + request.timeout().toMillis() / 1000.0 + " s";
            default -> "";
        };
    }

    /**
     * The driver cuts what it is given at semicolons and runs the pieces one after the other. Where it should cut less than
     * the server would, the server refuses the rest.
     */
    private static String single(String sql) {
        int statements;
        try {
            statements = Parser.parseJdbcSql(sql, true, false, true, false, false).stream()
                    .mapToInt(piece -> piece.nativeSql.isBlank() ? 0 : 1)
                    .sum();
        } catch (SQLException e) {
            throw new DatabaseException("The statement cannot be read: " + e.getMessage(), e);
        }
        if (statements != 1) {
            throw new DatabaseException(
                    statements == 0
                            ? "There is no statement to run"
                            : "These are " + statements + " statements: run them one by one");
        }
        return sql;
    }

    private static SqlResult read(Connection connection, String sql, int rows) throws SQLException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        Rows.execute(connection, "SELECT pg_catalog.txid_current_if_assigned()");
        try {
            return execute(connection, sql, rows);
        } finally {
            connection.rollback();
        }
    }

    private static SqlResult execute(Connection connection, String sql, int rows) throws SQLException {
        long begin = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setMaxRows(rows == Integer.MAX_VALUE ? rows : rows + 1);
            boolean some = statement.execute(sql);
            if (!some) {
                long changed = statement.getLargeUpdateCount();
                return new SqlResult(
                        List.of(),
                        List.of(),
                        false,
                        changed > 0 || changes(sql) ? Optional.of(changed) : Optional.empty(),
                        Duration.ofNanos(System.nanoTime() - begin));
            }
            try (ResultSet result = statement.getResultSet()) {
                return result(result, rows, begin);
            }
        }
    }

    private static boolean changes(String sql) {
        return sql.strip().matches("(?is)(insert|update|delete|merge|with)\\b.*");
    }

    private static SqlResult result(ResultSet result, int rows, long begin) throws SQLException {
        int width = result.getMetaData().getColumnCount();
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= width; column++) {
            columns.add(result.getMetaData().getColumnLabel(column));
        }
        List<List<Optional<String>>> values = new ArrayList<>();
        while (values.size() < rows && result.next()) {
            List<Optional<String>> value = new ArrayList<>(width);
            for (int column = 1; column <= width; column++) {
                value.add(Optional.ofNullable(result.getString(column)));
            }
            values.add(value);
        }
        return new SqlResult(
                columns, values, result.next(), Optional.empty(), Duration.ofNanos(System.nanoTime() - begin));
    }
}
