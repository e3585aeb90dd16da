package platform.core.manager;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import platform.core.api.InstanceId;
import platform.core.api.PlatformException;
import platform.core.api.TraceFlag;

/** The manager's own database: its truth. Each method is one transaction. */
final class ManagerTables {

    private static final String UNIQUE_VIOLATION = "23505";

    private final DataSource source;
    private final Seal seal;

    ManagerTables(DataSource source, Seal seal) {
        this.source = source;
        this.seal = seal;
    }

    /**
     * Begins to make an instance: its row, in phase CREATING.
     *
     * @throws PlatformException CONFLICT when its id, path or database is taken
     */
    void insert(InstanceRecord instance) {
        transact("note the new instance " + instance.id(), connection -> {
            insertRow(connection, instance);
            insertSettings(connection, instance);
            return null;
        });
    }

    private void insertRow(Connection connection, InstanceRecord instance) throws SQLException {
        String sql =
                "INSERT INTO instance (domain, name, app, path, database, password, database_password, wanted, phase,"
                        + " created, host, server, trace_flags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            bindKey(insert, 1, instance.id());
            insert.setString(3, instance.app());
            insert.setString(4, instance.path());
            insert.setString(5, instance.database());
            insert.setString(6, seal.seal(instance.password(), passwordOf(instance.id())));
            insert.setString(7, seal.seal(instance.databasePassword(), databasePasswordOf(instance.id())));
            insert.setBoolean(8, instance.wanted());
            insert.setString(9, Phase.CREATING.column());
            insert.setTimestamp(10, Timestamp.from(instance.created()));
            insert.setString(11, instance.host().orElse(null));
            insert.setString(12, instance.server());
            insert.setLong(13, TraceFlag.bits(instance.trace()));
            insert.executeUpdate();
        }
    }

    private static void insertSettings(Connection connection, InstanceRecord instance) throws SQLException {
        String sql = "INSERT INTO setting (domain, name, key, value) VALUES (?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Map.Entry<String, String> setting : instance.settings().entrySet()) {
                bindKey(insert, 1, instance.id());
                insert.setString(3, setting.getKey());
                insert.setString(4, setting.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void insertFormerPaths(Connection connection, InstanceRecord instance) throws SQLException {
        // Somebody else's row for it is one whose time is over.
        String sql =
                "INSERT INTO former_path (path, domain, name, until) VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE"
                        + " SET domain = excluded.domain, name = excluded.name, until = excluded.until"
                        + " WHERE former_path.until < excluded.until";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Map.Entry<String, Instant> former : instance.formerPaths().entrySet()) {
                insert.setString(1, former.getKey());
                bindKey(insert, 2, instance.id());
                insert.setTimestamp(4, Timestamp.from(former.getValue()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    void setPhase(InstanceId id, Phase phase) {
        transact("note the phase of " + id, connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE instance SET phase = ? WHERE domain = ? AND name = ?")) {
                update.setString(1, phase.column());
                bindKey(update, 2, id);
                return update.executeUpdate();
            }
        });
    }

    /**
     * Replaces what an administrator can change: path, host, former paths, password, settings, trace flags, whether it is wanted.
     *
     * @throws PlatformException CONFLICT when the path or the host is taken
     */
    void update(InstanceRecord instance) {
        transact("change the instance " + instance.id(), connection -> {
            updateRow(connection, instance);
            deleteRow(connection, "setting", instance.id());
            insertSettings(connection, instance);
            deleteRow(connection, "former_path", instance.id());
            insertFormerPaths(connection, instance);
            return null;
        });
    }

    private void updateRow(Connection connection, InstanceRecord instance) throws SQLException {
        String sql = "UPDATE instance SET path = ?, password = ?, wanted = ?, host = ?, former_password = ?,"
                + " former_password_until = ?, trace_flags = ? WHERE domain = ? AND name = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, instance.path());
            update.setString(2, seal.seal(instance.password(), passwordOf(instance.id())));
            update.setBoolean(3, instance.wanted());
            update.setString(4, instance.host().orElse(null));
            update.setString(
                    5,
                    instance.formerPassword()
                            .map(it -> seal.seal(it.password(), formerPasswordOf(instance.id())))
                            .orElse(null));
            update.setTimestamp(
                    6,
                    instance.formerPassword()
                            .map(it -> Timestamp.from(it.until()))
                            .orElse(null));
            update.setLong(7, TraceFlag.bits(instance.trace()));
            bindKey(update, 8, instance.id());
            update.executeUpdate();
        }
    }

    /** Notes a new password of the database's role before the server gets it. */
    void noteDatabasePassword(InstanceRecord changed) {
        String sql = "UPDATE instance SET next_database_password = ? WHERE domain = ? AND name = ?";
        setDatabasePassword(sql, changed);
    }

    /** The server has it. */
    void keepDatabasePassword(InstanceRecord changed) {
        String sql = "UPDATE instance SET database_password = ?, next_database_password = NULL"
                + " WHERE domain = ? AND name = ?";
        setDatabasePassword(sql, changed);
    }

    private void setDatabasePassword(String sql, InstanceRecord changed) {
        transact("note the database password of " + changed.id(), connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setString(1, seal.seal(changed.databasePassword(), databasePasswordOf(changed.id())));
                bindKey(update, 2, changed.id());
                return update.executeUpdate();
            }
        });
    }

    /** The instances whose new password was noted and not kept, with the new one. */
    List<InstanceRecord> begunRotations() {
        Map<InstanceId, String> begun = transact("read the changes of passwords", connection -> {
            String sql = "SELECT domain, name, next_database_password FROM instance"
                    + " WHERE phase = 'ready' AND next_database_password IS NOT NULL";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                Map<InstanceId, String> passwords = new TreeMap<>();
                ResultSet rows = select.executeQuery();
                while (rows.next()) {
                    passwords.put(key(rows), seal.open(rows.getString(3), databasePasswordOf(key(rows))));
                }
                return passwords;
            }
        });
        if (begun.isEmpty()) {
            return List.of();
        }
        return instances(true).stream()
                .filter(it -> begun.containsKey(it.id()))
                .map(it -> it.withDatabasePassword(begun.get(it.id())))
                .toList();
    }

    /** Replaces an instance's record by one that may have another id. */
    void replace(Connection connection, InstanceId old, InstanceRecord instance) throws SQLException {
        deleteRow(connection, "setting", old);
        deleteRow(connection, "former_path", old);
        String sql = "UPDATE instance SET domain = ?, name = ?, database_password = ?, next_database_password = NULL"
                + " WHERE domain = ? AND name = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            bindKey(update, 1, instance.id());
            // The seal is bound to the id.
            update.setString(3, seal.seal(instance.databasePassword(), databasePasswordOf(instance.id())));
            bindKey(update, 4, old);
            update.executeUpdate();
        }
        updateRow(connection, instance);
        insertSettings(connection, instance);
        insertFormerPaths(connection, instance);
    }

    void delete(InstanceId id) {
        transact("forget the instance " + id, connection -> deleteRow(connection, "instance", id));
    }

    private static int deleteRow(Connection connection, String table, InstanceId id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + table + " WHERE domain = ? AND name = ?")) {
            bindKey(delete, 1, id);
            return delete.executeUpdate();
        }
    }

    /** The instances that are whole, or, where {@code whole} is false, those whose making or removal was cut off. */
    List<InstanceRecord> instances(boolean whole) {
        return transact("read the instances", connection -> {
            Map<InstanceId, Map<String, String>> settings = settings(connection);
            Map<InstanceId, Map<String, Instant>> formerPaths = formerPaths(connection);
            String sql = "SELECT * FROM instance WHERE (phase = 'ready') = ? ORDER BY domain, name";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setBoolean(1, whole);
                List<InstanceRecord> instances = new ArrayList<>();
                ResultSet rows = select.executeQuery();
                while (rows.next()) {
                    instances.add(read(rows, settings, formerPaths));
                }
                return instances;
            }
        });
    }

    private InstanceRecord read(
            ResultSet row,
            Map<InstanceId, Map<String, String>> settings,
            Map<InstanceId, Map<String, Instant>> formerPaths)
            throws SQLException {
        InstanceId id = key(row);
        return new InstanceRecord(
                id,
                row.getString("app"),
                row.getString("path"),
                row.getString("database"),
                seal.open(row.getString("password"), passwordOf(id)),
                seal.open(row.getString("database_password"), databasePasswordOf(id)),
                Map.copyOf(settings.getOrDefault(id, Map.of())),
                row.getBoolean("wanted"),
                row.getTimestamp("created").toInstant(),
                Optional.ofNullable(row.getString("host")),
                Map.copyOf(formerPaths.getOrDefault(id, Map.of())),
                formerPassword(row, id),
                row.getString("server"),
                TraceFlag.ofBits(row.getLong("trace_flags")));
    }

    private Optional<FormerPassword> formerPassword(ResultSet row, InstanceId id) throws SQLException {
        String sealed = row.getString("former_password");
        return sealed == null
                ? Optional.empty()
                : Optional.of(new FormerPassword(
                        seal.open(sealed, formerPasswordOf(id)),
                        row.getTimestamp("former_password_until").toInstant()));
    }

    private static Map<InstanceId, Map<String, Instant>> formerPaths(Connection connection) throws SQLException {
        Map<InstanceId, Map<String, Instant>> paths = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM former_path")) {
            ResultSet rows = select.executeQuery();
            while (rows.next()) {
                paths.computeIfAbsent(key(rows), id -> new TreeMap<>())
                        .put(rows.getString("path"), rows.getTimestamp("until").toInstant());
            }
        }
        return paths;
    }

    private static Map<InstanceId, Map<String, String>> settings(Connection connection) throws SQLException {
        Map<InstanceId, Map<String, String>> settings = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM setting")) {
            ResultSet rows = select.executeQuery();
            while (rows.next()) {
                settings.computeIfAbsent(key(rows), id -> new TreeMap<>())
                        .put(rows.getString("key"), rows.getString("value"));
            }
        }
        return settings;
    }

    /** Where services run. */
    PlaceTable places() {
        return new PlaceTable(source);
    }

    /** The services that an administrator has stopped. */
    Set<String> unwantedServices() {
        return transact("read the services", connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT name FROM service WHERE NOT wanted")) {
                Set<String> names = new HashSet<>();
                ResultSet rows = select.executeQuery();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        });
    }

    void setServiceWanted(String name, boolean wanted) {
        String sql = "INSERT INTO service (name, wanted) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET wanted ="
                + " excluded.wanted";
        transact("note whether service " + name + " is wanted", connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(sql)) {
                upsert.setString(1, name);
                upsert.setBoolean(2, wanted);
                return upsert.executeUpdate();
            }
        });
    }

    private static void bindKey(PreparedStatement statement, int index, InstanceId id) throws SQLException {
        statement.setString(index, id.domain());
        statement.setString(index + 1, id.name());
    }

    private static InstanceId key(ResultSet row) throws SQLException {
        return new InstanceId(row.getString("name"), row.getString("domain"));
    }

    private static String passwordOf(InstanceId id) {
        return id + " password";
    }

    private static String formerPasswordOf(InstanceId id) {
        return id + " former password";
    }

    private static String databasePasswordOf(InstanceId id) {
        return id + " database password";
    }

    /** Work inside one transaction. */
    interface Transaction<T> {
        T run(Connection connection) throws SQLException;
    }

    <T> T transact(String what, Transaction<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            // A connection that is closed without commit is rolled back by its pool.
            T result = work.run(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw failure(what, e);
        }
    }

    private static PlatformException failure(String what, SQLException cause) {
        if (UNIQUE_VIOLATION.equals(cause.getSQLState())) {
            return PlatformException.conflict("Its id, path, host or database name is taken by another instance;"
                    + " instance:list shows them. Choose another one.");
        }
        return PlatformException.failed("The manager's database could not " + what + ": " + cause.getMessage(), cause);
    }
}
