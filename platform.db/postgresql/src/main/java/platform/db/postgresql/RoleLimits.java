package platform.db.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.db.api.Quota;

/**
 * What the server itself sees to: how many connections a role may have, and with which limits its sessions begin. A role
 * cannot lift the number of its connections and the size of its temporary files, but the time-outs.
 */
final class RoleLimits {

    /** For what the platform does besides the pool: migrations, or the first login when an instance is restarted. */
    static final int RESERVE = 3;

    private static final int UNLIMITED = -1;
    private static final String SETTINGS = "SELECT c FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole"
            + " CROSS JOIN unnest(s.setconfig) AS c WHERE s.setdatabase = 0 AND r.rolname = ?"
            + " AND split_part(c, '=', 1) IN ('statement_timeout', 'idle_in_transaction_session_timeout',"
            + " 'temp_file_limit')";

    private final Administrator administrator;
    private final boolean superuser;

    RoleLimits(Administrator administrator, boolean superuser) {
        this.administrator = administrator;
        this.superuser = superuser;
    }

    /** A role as it is on the server. */
    private record Role(String database, String name, boolean owns, int connections, List<String> settings) {

        static Role of(ResultSet row) throws SQLException {
            return new Role(
                    row.getString("database"),
                    row.getString("role"),
                    row.getBoolean("owns"),
                    row.getInt("connections"),
                    Arrays.asList((String[]) row.getArray("settings").getArray()));
        }
    }

    /** Changes what is not so yet. */
    void apply(Map<String, Quota> quotas) {
        administrator.work("set the quotas of databases", connection -> {
            Object databases = quotas.keySet().toArray(String[]::new);
            for (Role role : Rows.list(connection, QuotaSql.ROLES, Role::of, databases)) {
                apply(connection, role, quotas.get(role.database()));
            }
            return null;
        });
    }

    private void apply(Connection connection, Role role, Quota quota) throws SQLException {
        String alter = "ALTER ROLE " + Sql.identifier(role.name());
        StringBuilder sql = new StringBuilder();
        int connections = quota.connections().map(it -> it + RESERVE).orElse(UNLIMITED);
        if (role.owns() && role.connections() != connections) {
            sql.append(alter).append(" CONNECTION LIMIT ").append(connections).append(';');
        }
        settings(quota).forEach((name, value) -> {
            boolean isSet = role.settings().stream().anyMatch(it -> it.startsWith(name + "="));
            if (value.isEmpty() && isSet) {
                sql.append(alter).append(" RESET ").append(name).append(';');
            } else if (value.isPresent() && !role.settings().contains(name + "=" + value.get())) {
                sql.append(alter)
                        .append(" SET ")
                        .append(name)
                        .append(" = '")
                        .append(value.get())
                        .append("';");
            }
        });
        if (!sql.isEmpty()) {
            // In one message, so in one transaction.
            Rows.execute(connection, sql.toString());
        }
    }

    /** Gives a role the limits with which the sessions of another begin. */
    static void copy(Connection connection, String from, String to) throws SQLException {
        for (String setting : Rows.list(connection, SETTINGS, row -> row.getString(1), from)) {
            String[] parts = setting.split("=", 2);
            Rows.execute(
                    connection,
                    "ALTER ROLE " + Sql.identifier(to) + " SET " + Sql.identifier(parts[0]) + " = "
                            + Sql.text(parts[1]));
        }
    }

    /** In the server's own units: milliseconds, and kilobytes. */
    private Map<String, Optional<Long>> settings(Quota quota) {
        Map<String, Optional<Long>> settings = new LinkedHashMap<>();
        settings.put("statement_timeout", quota.statementTime().map(Duration::toMillis));
        settings.put(
                "idle_in_transaction_session_timeout", quota.idleInTransaction().map(Duration::toMillis));
        // Only a superuser may set it: elsewhere the server's own limit holds.
        if (superuser) {
            settings.put("temp_file_limit", quota.temporaryBytes().map(it -> (it + 1023) / 1024));
        }
        return settings;
    }
}
