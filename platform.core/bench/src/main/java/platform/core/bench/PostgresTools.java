package platform.core.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** PostgreSQL's own tools on the platform's server, as its superuser. */
final class PostgresTools {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String TABLES = "DO $$ BEGIN FOR i IN %d..%d LOOP EXECUTE format('CREATE TABLE small_%%s"
            + " (id int PRIMARY KEY, text text)', i); EXECUTE format('INSERT INTO small_%%s VALUES (1, ''one'')', i);"
            + " END LOOP; END $$";
    private static final int TABLES_AT_ONCE = 500;
    private static final int PORT_LINE = 3;

    private final Map<String, String> login;
    private final long process;

    /** @param data the platform's data folder */
    PostgresTools(Path data) {
        try (Stream<Path> files = Files.walk(data.resolve("pgsql"), 4)) {
            Path lock = files.filter(file -> file.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow(() -> new BenchException("The platform's PostgreSQL does not run."));
            List<String> lines = Files.readAllLines(lock);
            process = Long.parseLong(lines.get(0).strip());
            login = Map.of(
                    "PGHOST", "127.0.0.1",
                    "PGPORT", lines.get(PORT_LINE).strip(),
                    "PGUSER", "postgres",
                    "PGPASSWORD",
                            Files.readString(data.resolve("secrets/postgresql")).strip(),
                    "PGSSLMODE", "disable");
        } catch (IOException e) {
            throw new BenchException("The platform's PostgreSQL cannot be used: " + e.getMessage(), e);
        }
    }

    /** Runs a script that this program has, for the role that is called as the database. */
    void run(String database, String script) {
        sql(database, owner(database), text(script));
    }

    private static String owner(String database) {
        return "SET ROLE \"" + database + "\"";
    }

    /** Fills a database, for the role that is called as it is; returns its size in bytes. */
    double fill(String database, int megabytes, int tables) {
        String owner = owner(database);
        run(database, "backup-schema.sql");
        for (int i = 0; i < tables; i += TABLES_AT_ONCE) {
            sql(database, owner, String.format(TABLES, i, Math.min(tables, i + TABLES_AT_ONCE) - 1));
        }
        String rows = text("backup-rows.sql");
        double bytes = size(database);
        while (bytes < megabytes * 1e6) {
            sql(database, owner, rows);
            bytes = size(database);
        }
        sql(database, "VACUUM ANALYZE");
        checkpoint();
        return size(database);
    }

    /** What is to be written still would be written while the next thing is measured. */
    void checkpoint() {
        sql("postgres", "CHECKPOINT");
    }

    private double size(String database) {
        return Double.parseDouble(sql(database, "SELECT pg_database_size(current_database())"));
    }

    private static String text(String resource) {
        try (InputStream in = PostgresTools.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BenchException(resource + " is missing in the jar: " + e.getMessage(), e);
        }
    }

    private String sql(String database, String... statements) {
        List<String> command = new ArrayList<>(
                List.of("psql", "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"));
        command.add("--dbname=" + database);
        for (String statement : statements) {
            command.add("--command=" + statement);
        }
        return run(command);
    }

    void dump(String database, Path file) {
        run(List.of("pg_dump", "--format=custom", "--file=" + file, "--dbname=" + database));
    }

    /** What the statements print. */
    String query(String database, String statements) {
        return sql(database, statements);
    }

    /** Drops what restores keep for a day of the databases that they replaced. */
    void dropKept() {
        query("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'platform kept %'")
                .lines()
                .filter(name -> !name.isBlank())
                .forEach(name -> sql("postgres", "DROP DATABASE \"" + name + "\" WITH (FORCE)"));
    }

    String port() {
        return login.get("PGPORT");
    }

    /** Kills the server by SIGKILL. */
    void kill() {
        ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Kills the server by SIGKILL, and waits until all its processes have noticed and are gone. */
    void crash() {
        List<ProcessHandle> all = processes();
        kill();
        all.forEach(each -> new ProcFiles(each.pid()).awaitEnd());
    }

    /** Sends a signal to the server and all its processes. */
    void signal(String name) {
        Signal.send(name, processes().stream().mapToLong(ProcessHandle::pid).toArray());
    }

    private List<ProcessHandle> processes() {
        return ProcessHandle.of(process).stream()
                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                .toList();
    }

    /** All of the database as SQL, into a file. */
    Path plain(String database, Path file) {
        run(List.of("pg_dump", "--file=" + file, "--dbname=" + database));
        return file;
    }

    /** Into a new database. */
    void restore(String database, Path file) {
        sql("postgres", "CREATE DATABASE " + database + " TEMPLATE template0");
        run(List.of("pg_restore", "--jobs=2", "--no-owner", "--dbname=" + database, file.toString()));
    }

    void drop(String database) {
        sql("postgres", "DROP DATABASE " + database);
        checkpoint();
    }

    private String run(List<String> command) {
        return Tool.run(command, login, LONGEST);
    }
}
