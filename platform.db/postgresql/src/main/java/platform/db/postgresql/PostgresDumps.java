package platform.db.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import platform.db.api.DatabaseException;
import platform.db.api.Dump;
import platform.db.api.Dumps;

/** Runs {@code pg_dump} and {@code pg_restore} with logins of their own. */
final class PostgresDumps implements Dumps {

    private final Sessions sessions;
    private final ClientTools tools;

    PostgresDumps(Sessions sessions, ClientTools tools) {
        this.sessions = sessions;
        this.tools = tools;
    }

    @Override
    public Dump begin(String database) {
        return PostgresDump.begin(sessions, tools.find("pg_dump"), database);
    }

    @Override
    public void restore(String database, String role, InputStream dump) {
        String tool = tools.find("pg_restore");
        String owner = sessions.owner(database);
        try (StandIn standIn = StandIn.of(sessions, role, owner);
                ToolLogin login = ToolLogin.writer(sessions, database)) {
            try (ToolProcess restore = login.start(command(tool, database, role, owner))) {
                restore.readFrom(dump);
            }
            standIn.handOver(login);
            analyze(login, database);
        }
    }

    /** What is not analyzed is slow until the server sees to it by itself, a minute later. */
    private static void analyze(ToolLogin login, String database) {
        try (Connection connection = login.connect()) {
            Rows.execute(connection, "ANALYZE");
        } catch (SQLException e) {
            throw new DatabaseException("Cannot analyze the database '" + database + "': " + e.getMessage(), e);
        }
    }

    /**
     * Rights are given to roles by their names: to another role's database they cannot be taken over. Row security is in force,
     * for a materialized view is made anew from what its owner can see, as it was before.
     */
    private static List<String> command(String tool, String database, String role, String owner) {
        List<String> command = new ArrayList<>(List.of(
                tool, "--exit-on-error", "--enable-row-security", "--no-owner", "--no-password", "--format=custom"));
        if (!role.equals(owner)) {
            command.add("--no-privileges");
        }
        command.add("--dbname=" + connectionString(database));
        return command;
    }

    /** A name as a value of libpq's: it would read one with an equals sign as something else. */
    private static String connectionString(String database) {
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    @Override
    public Map<String, Long> rows(String database) {
        try (ToolLogin login = ToolLogin.reader(sessions, database);
                Connection connection = login.connect()) {
            connection.setAutoCommit(false);
            Rows.execute(connection, "SET search_path = pg_catalog");
            return RowCounts.of(connection);
        } catch (SQLException e) {
            throw new DatabaseException(
                    "Cannot count the rows of the database '" + database + "': " + e.getMessage(), e);
        }
    }

    @Override
    public String checksum(InputStream dump) {
        String tool = tools.find("pg_restore");
        List<String> command = List.of(tool, "--file=-", "--no-owner", "--no-privileges", "--format=custom");
        try (ToolProcess restore = ToolProcess.start(Command.builder(command))) {
            FutureTask<String> hashing = new FutureTask<>(() -> {
                SqlChecksum checksum = new SqlChecksum();
                restore.output().transferTo(checksum);
                return checksum.hex();
            });
            Thread reader = new Thread(hashing, "postgresql-checksum");
            reader.setDaemon(true);
            reader.start();
            restore.readFrom(dump);
            return hashing.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("The comparison was cancelled", e);
        } catch (ExecutionException e) {
            throw new DatabaseException(
                    "The dump cannot be read: " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public String checksum(String database) {
        String tool = tools.find("pg_dump");
        try (ToolLogin login = ToolLogin.reader(sessions, database);
                ToolProcess dump = login.start(List.of(
                        tool,
                        "--format=plain",
                        "--no-owner",
                        "--no-privileges",
                        "--no-password",
                        "--lock-wait-timeout=60s"))) {
            SqlChecksum checksum = new SqlChecksum();
            dump.writeTo(checksum);
            return checksum.hex();
        } catch (IOException e) {
            throw new DatabaseException("The database '" + database + "' cannot be read: " + e.getMessage(), e);
        }
    }
}
