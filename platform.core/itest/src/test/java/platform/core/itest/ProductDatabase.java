package platform.core.itest;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** The product's PostgreSQL, as its superuser sees it. */
record ProductDatabase(Path data) {

    /** Without those that are made for instances to come. */
    private static final String DATABASES = "SELECT datname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba"
            + " WHERE datname NOT IN ('postgres', 'template0', 'template1') AND datname NOT LIKE 'platform ready %'";

    private static final String ROLES =
            "SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname <> 'postgres' AND rolname NOT LIKE 'pg\\_%'"
                    + " AND rolname NOT LIKE 'platform ready %'";

    Connection superuser() throws SQLException {
        return connect(
                "postgres",
                ProductFiles.text(data.resolve("secrets/postgresql")).strip(),
                "postgres");
    }

    /** Logs in as anybody. */
    Connection connect(String role, String password, String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port()});
        source.setUser(role);
        source.setPassword(password);
        source.setDatabaseName(database);
        source.setConnectTimeout(10);
        return source.getConnection();
    }

    /** The databases that do not come with the server. */
    Set<String> databases() throws SQLException {
        return query(DATABASES);
    }

    /** The roles that can log in, without the superuser. */
    Set<String> roles() throws SQLException {
        return query(ROLES);
    }

    /** The first column of what the superuser finds. */
    Set<String> query(String sql, String... parameters) throws SQLException {
        try (Connection connection = superuser();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return firstColumn(statement);
        }
    }

    private static Set<String> firstColumn(PreparedStatement statement) throws SQLException {
        Set<String> found = new TreeSet<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(String.valueOf(rows.getString(1)));
            }
        }
        return found;
    }

    int port() {
        return Integer.parseInt(postmaster().get(3).strip());
    }

    /** PostgreSQL's first process. */
    ProcessHandle process() {
        long pid = Long.parseLong(postmaster().get(0).strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new AssertionError("There is no postmaster " + pid));
    }

    /** PostgreSQL's processes, the first one first. */
    List<ProcessHandle> processes() {
        ProcessHandle postmaster = process();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    private List<String> postmaster() {
        return ProductFiles.text(data.resolve("pgsql/data/postmaster.pid"))
                .lines()
                .toList();
    }
}
