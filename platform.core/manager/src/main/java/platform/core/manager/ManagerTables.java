package platform.core.manager;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import platform.core.api.InstanceId;
import platform.core.api.PlatformException;

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
                        + " created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
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
     * Replaces what an administrator can change: path, password, settings, whether it is wanted.
     *
     * @throws PlatformException CONFLICT when the path is taken
     */
    void update(InstanceRecord instance) {
        transact("change the instance " + instance.id(), connection -> {
            updateRow(connection, instance);
            deleteRow(connection, "setting", instance.id());
            insertSettings(connection, instance);
            return null;
        });
    }

    private void updateRow(Connection connection, InstanceRecord instance) throws SQLException {
        String sql = "UPDATE instance SET path = ?, password = ?, wanted = ? WHERE domain = ? AND name = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, instance.path());
            update.setString(2, seal.seal(instance.password(), passwordOf(instance.id())));
            update.setBoolean(3, instance.wanted());
            bindKey(update, 4, instance.id());
            update.executeUpdate();
        }
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
            String sql = "SELECT * FROM instance WHERE (phase = 'ready') = ? ORDER BY domain, name";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setBoolean(1, whole);
                List<InstanceRecord> instances = new ArrayList<>();
                ResultSet rows = select.executeQuery();
                while (rows.next()) {
                    instances.add(read(rows, settings));
                }
                return instances;
            }
        });
    }

    private InstanceRecord read(ResultSet row, Map<InstanceId, Map<String, String>> settings) throws SQLException {
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
                row.getTimestamp("created").toInstant());
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

    private static String databasePasswordOf(InstanceId id) {
        return id + " database password";
    }

    /** Work inside one transaction. */
    private interface Transaction<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T transact(String what, Transaction<T> work) {
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
            return PlatformException.conflict("Its id, path or database name is taken by another instance;"
                    + " instance:list shows them. Choose another one.");
        }
        return PlatformException.failed("The manager's database could not " + what + ": " + cause.getMessage(), cause);
    }
}
