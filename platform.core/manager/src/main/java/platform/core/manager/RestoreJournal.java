package platform.core.manager;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.InstanceId;
import platform.db.api.DatabaseException;

/**
 * The instances that are getting another database. Which one they have is decided by the database server, in one
 * transaction; the settings that belong to it are noted before, and become theirs after it.
 */
final class RestoreJournal {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreJournal.class);
    private static final String OF = " WHERE domain = ? AND name = ?";

    private final ManagerTables tables;

    RestoreJournal(ManagerTables tables) {
        this.tables = tables;
    }

    /**
     * Notes what is about to be done.
     *
     * @param kept the name that the present database gets when it is done
     */
    void begin(InstanceId id, String kept, Map<String, String> settings) {
        tables.transact("note the restore of " + id, connection -> {
            run(connection, "DELETE FROM restoration" + OF, id);
            run(connection, "INSERT INTO restoration (domain, name, kept) VALUES (?, ?, ?)", id, kept);
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                String sql = "INSERT INTO restored_setting (domain, name, key, value) VALUES (?, ?, ?, ?)";
                run(connection, sql, id, setting.getKey(), setting.getValue());
            }
            return null;
        });
    }

    /** The database has been replaced: the settings that were noted are the instance's. */
    void finish(InstanceId id) {
        tables.transact("give " + id + " its restored settings", connection -> {
            run(connection, "DELETE FROM setting" + OF, id);
            run(
                    connection,
                    "INSERT INTO setting (domain, name, key, value)"
                            + " SELECT domain, name, key, value FROM restored_setting" + OF,
                    id);
            run(connection, "DELETE FROM restoration" + OF, id);
            return null;
        });
    }

    /** The database has not been replaced. */
    void forget(InstanceId id) {
        tables.transact("forget the restore of " + id, connection -> {
            run(connection, "DELETE FROM restoration" + OF, id);
            return null;
        });
    }

    /**
     * At a start, before any instance is loaded.
     *
     * @param databases those on the server of an instance
     */
    void finishWhatWasCutOff(Function<InstanceId, Set<String>> databases) {
        begun().forEach((id, kept) -> {
            try {
                settle(id, databases.apply(id).contains(kept));
            } catch (DatabaseException e) {
                LOG.error(
                        "{} was being restored when the platform ended; the next start sees what became of it: {}",
                        id,
                        e.getMessage());
            }
        });
    }

    private void settle(InstanceId id, boolean replaced) {
        LOG.warn(
                "{} was being restored when the platform ended; {}",
                id,
                replaced ? "now it is" : "it is as it was before");
        if (replaced) {
            finish(id);
        } else {
            forget(id);
        }
    }

    private Map<InstanceId, String> begun() {
        return tables.transact("read the restores", connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT domain, name, kept FROM restoration")) {
                Map<InstanceId, String> begun = new TreeMap<>();
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    begun.put(new InstanceId(row.getString("name"), row.getString("domain")), row.getString("kept"));
                }
                return begun;
            }
        });
    }

    private static void run(Connection connection, String sql, InstanceId id, String... more) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id.domain());
            statement.setString(2, id.name());
            for (int i = 0; i < more.length; i++) {
                statement.setString(i + 3, more[i]);
            }
            statement.executeUpdate();
        }
    }
}
