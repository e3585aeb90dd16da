package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import platform.db.api.DatabaseException;

/**
 * Copies all roles and databases from one server to another, and compares them. What an app has put into its database, be it the
 * condition of a column, runs while it is restored: so each is restored with the rights of its owner, never as a superuser.
 */
final class ClusterCopy {

    /** Settings that are lists of names: only the server that has split such a value can be trusted to have read it right. */
    private static final Set<String> LISTS =
            Set.of("search_path", "temp_tablespaces", "local_preload_libraries", "session_preload_libraries");

    private final PostgresServer from;
    private final PostgresServer to;
    private final DumpPipe pipe;
    private final Consumer<String> progress;

    ClusterCopy(PostgresServer from, PostgresServer to, DumpPipe pipe, Consumer<String> progress) {
        this.from = from;
        this.to = to;
        this.pipe = pipe;
        this.progress = progress;
    }

    /** A database to copy. */
    record Source(String name, String owner, boolean superuser, long bytes) {}

    /** The databases of a server that have something in them. */
    static List<Source> databases(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                UpgradeSql.DATABASES,
                row -> new Source(
                        row.getString("datname"),
                        row.getString("rolname"),
                        row.getBoolean("rolsuper"),
                        row.getLong("bytes")));
    }

    /** Returns how many databases there were. */
    int run() throws SQLException {
        try (Connection old = from.superuser().getConnection();
                Connection fresh = to.superuser().getConnection()) {
            progress.accept("Copying the roles");
            execute(fresh, statements(old, UpgradeSql.ROLES));
            execute(fresh, statements(old, UpgradeSql.MEMBERS));
            List<Source> sources = databases(old);
            for (int i = 0; i < sources.size(); i++) {
                Source source = sources.get(i);
                progress.accept("Copying the database " + (i + 1) + " of " + sources.size() + ": " + source.name()
                        + ", " + source.bytes() / 1_000_000 + " MB");
                execute(fresh, statements(old, UpgradeSql.CREATE, source.name()));
                copy(source);
            }
            // Not before: a setting may be that nothing is written.
            progress.accept("Copying rights and settings");
            for (Source source : sources) {
                execute(fresh, statements(old, UpgradeSql.RIGHTS, source.name(), source.name(), source.name()));
            }
            settings(old, fresh);
            compare(sources);
            Rows.execute(fresh, "CHECKPOINT");
            return sources.size();
        }
    }

    private static List<String> statements(Connection old, String sql, Object... parameters) throws SQLException {
        return Rows.list(old, sql, row -> row.getString(1), parameters);
    }

    private static void execute(Connection fresh, List<String> statements) throws SQLException {
        for (String statement : statements) {
            Rows.execute(fresh, statement);
        }
    }

    private void copy(Source source) throws SQLException {
        Login dump = from.superuser().login().withDatabase(source.name());
        Set<String> foreign = prepare(source);
        if (source.superuser()) {
            pipe.copyWithOwners(dump, to.superuser().login().withDatabase(source.name()));
            return;
        }
        new Sessions(to).withLogin(source.name(), source.owner(), Map.of(), login -> {
            pipe.copy(dump, login, foreign);
            try (Connection connection = login.dataSource().getConnection()) {
                Rows.execute(connection, "ANALYZE");
            }
            return null;
        });
    }

    /** Makes what the owner cannot make; returns what of it he must not touch, as a dump's table of contents names it. */
    private Set<String> prepare(Source source) throws SQLException {
        Set<String> foreign = new TreeSet<>();
        try (Connection old = from.superuser().connectTo(source.name());
                Connection fresh = to.superuser().connectTo(source.name())) {
            if (!source.superuser()) {
                for (List<String> extension :
                        Rows.list(old, UpgradeSql.EXTENSIONS, row -> List.of(row.getString(1), row.getString(2)))) {
                    Rows.execute(fresh, extension.get(1));
                    foreign.add(" COMMENT - EXTENSION " + extension.get(0));
                    PostgresExtensions.grantWrappers(fresh, extension.get(0), source.owner())
                            .forEach(wrapper -> foreign.add(" ACL - FOREIGN DATA WRAPPER " + wrapper + " "));
                }
            }
            if (Rows.first(old, UpgradeSql.HAS_PUBLIC, row -> 1).isEmpty()) {
                Rows.execute(fresh, "DROP SCHEMA public");
            }
        }
        return foreign;
    }

    private static void settings(Connection old, Connection fresh) throws SQLException {
        List<List<String>> settings = Rows.list(
                old, UpgradeSql.SETTINGS, row -> List.of(row.getString(1), row.getString(2), row.getString(3)));
        for (List<String> setting : settings) {
            String name = Sql.identifier(setting.get(1));
            if (LISTS.contains(setting.get(1))) {
                fresh.setAutoCommit(false);
                Rows.first(
                        fresh,
                        "SELECT pg_catalog.set_config(?, ?, true)",
                        row -> row.getString(1),
                        setting.get(1),
                        setting.get(2));
                Rows.execute(fresh, setting.get(0) + " SET " + name + " FROM CURRENT");
                fresh.commit();
                fresh.setAutoCommit(true);
            } else {
                Rows.execute(fresh, setting.get(0) + " SET " + name + " = " + Sql.text(setting.get(2)));
            }
        }
    }

    private void compare(List<Source> sources) throws SQLException {
        for (int i = 0; i < sources.size(); i++) {
            String name = sources.get(i).name();
            progress.accept("Comparing the database " + (i + 1) + " of " + sources.size() + ": " + name);
            Set<String> old = inventory(from, name);
            Set<String> fresh = inventory(to, name);
            mustHaveAll(name, old, fresh, "lacks");
            mustHaveAll(name, fresh, old, "has, besides,");
        }
    }

    private static void mustHaveAll(String database, Set<String> all, Set<String> actual, String verb) {
        Set<String> missing = new TreeSet<>(all);
        missing.removeAll(actual);
        if (!missing.isEmpty()) {
            throw new DatabaseException("The copy of the database '" + database + "' is not the same: it " + verb + " "
                    + missing.iterator().next()
                    + (missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " more"));
        }
    }

    private static Set<String> inventory(PostgresServer server, String database) throws SQLException {
        try (Connection connection = server.superuser().connectTo(database)) {
            Rows.execute(connection, "SET search_path = pg_catalog, pg_temp");
            // No rows are left out, or it fails.
            Rows.execute(connection, "SET row_security = off");
            Set<String> all = new TreeSet<>(Rows.list(connection, UpgradeSql.INVENTORY, row -> row.getString(1)));
            for (List<String> count :
                    Rows.list(connection, UpgradeSql.COUNTS, row -> List.of(row.getString(1), row.getString(2)))) {
                all.add(count.get(0) + ": "
                        + Rows.first(connection, count.get(1), row -> row.getString(1))
                                .orElse("none"));
            }
            return all;
        }
    }
}
