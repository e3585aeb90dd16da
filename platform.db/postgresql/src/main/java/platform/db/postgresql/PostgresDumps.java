package platform.db.postgresql;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import platform.db.api.DatabaseException;
import platform.db.api.Dump;
import platform.db.api.Dumps;
import platform.db.api.TableCopy;

/** Runs {@code pg_dump} and {@code pg_restore} with logins of their own. */
final class PostgresDumps implements Dumps {

    private static final int JOBS = Math.min(4, Runtime.getRuntime().availableProcessors());

    private final Sessions sessions;
    private final ClientTools tools;
    private final Path folder;

    /** Removes what a killed platform has left of a restore. */
    PostgresDumps(Sessions sessions, ClientTools tools) {
        this.sessions = sessions;
        this.tools = tools;
        this.folder = sessions.server().work();
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new DatabaseException("The folder " + folder + " cannot be removed: " + e, e);
        }
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
                ToolLogin login = ToolLogin.writer(sessions, database);
                DumpHead head = DumpHead.of(tool, folder(), dump)) {
            List<String> command = command(tool, database, role, owner);
            try (ToolProcess restore = login.start(with(command, "--section=pre-data", "--section=data"))) {
                restore.readFrom(head.before(dump));
            }
            // Indexes and keys take longer than the rows, and need none of the stream.
            try (ToolProcess restore = login.start(with(
                    command,
                    "--section=post-data",
                    "--jobs=" + JOBS,
                    head.file().toString()))) {
                restore.writeTo(OutputStream.nullOutputStream());
            }
            standIn.handOver(login);
            analyze(login, database);
        } catch (IOException e) {
            throw new DatabaseException("The database '" + database + "' cannot be filled: " + e.getMessage(), e);
        }
    }

    private static List<String> with(List<String> command, String... options) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(options));
        return all;
    }

    private Path folder() throws IOException {
        return Folders.make(folder, "rwx------");
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
    public List<String> contents(InputStream dump) {
        try (ToolProcess list =
                ToolProcess.start(Command.builder(List.of(tools.find("pg_restore"), "--list", "--format=custom")))) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            list.filter(dump, text);
            return text.toString(StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Override
    public void restoreTables(String database, InputStream dump, List<String> contents, Set<String> tables) {
        String tool = tools.find("pg_restore");
        try (DumpContents only = DumpContents.only(tables, contents, folder());
                ToolLogin login = ToolLogin.writer(sessions, database);
                ToolProcess restore = login.start(List.of(
                        tool,
                        "--exit-on-error",
                        "--section=pre-data",
                        "--section=data",
                        "--use-list=" + only.file(),
                        "--no-owner",
                        "--no-privileges",
                        "--no-password",
                        "--format=custom",
                        "--dbname=" + connectionString(database)))) {
            restore.readFrom(dump);
        } catch (IOException e) {
            throw new DatabaseException("The tables cannot be restored: " + e.getMessage(), e);
        }
    }

    @Override
    public List<TableCopy> tables(String database) {
        try (ToolLogin login = ToolLogin.reader(sessions, database);
                Connection connection = login.connect()) {
            return TableCopier.tables(connection);
        } catch (SQLException e) {
            throw new DatabaseException("Cannot list the tables of '" + database + "': " + e.getMessage(), e);
        }
    }

    @Override
    public void copyTables(String from, String to, List<TableCopy> tables) {
        try (ToolLogin reader = ToolLogin.reader(sessions, from);
                ToolLogin editor = ToolLogin.editor(sessions, to);
                Connection source = reader.connect();
                Connection target = editor.connect()) {
            new TableCopier(source, target, editor.owner()).copy(tables);
        } catch (SQLException | IOException e) {
            throw new DatabaseException("The tables cannot be taken over: " + e.getMessage(), e);
        }
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
            SqlChecksum checksum = new SqlChecksum();
            restore.filter(dump, checksum);
            return checksum.hex();
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
