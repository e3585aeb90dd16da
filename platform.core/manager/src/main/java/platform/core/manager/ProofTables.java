package platform.core.manager;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import platform.core.api.InstanceId;

/** Which backups were proved, in the manager's database. */
final class ProofTables {

    private static final String NOTE = "INSERT INTO proof (domain, name, made, proved) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (domain, name, made) DO UPDATE SET proved = excluded.proved";

    private final ManagerTables tables;

    ProofTables(ManagerTables tables) {
        this.tables = tables;
    }

    void note(InstanceId id, Instant made, Instant at) {
        tables.transact("note that a backup of " + id + " was proved", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(NOTE)) {
                insert.setString(1, id.domain());
                insert.setString(2, id.name());
                insert.setTimestamp(3, Timestamp.from(made));
                insert.setTimestamp(4, Timestamp.from(at));
                return insert.executeUpdate();
            }
        });
    }

    /** When each was proved, by when it was made. */
    Map<Instant, Instant> of(InstanceId id) {
        return tables.transact("read which backups of " + id + " were proved", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT made, proved FROM proof WHERE domain = ? AND name = ?")) {
                select.setString(1, id.domain());
                select.setString(2, id.name());
                Map<Instant, Instant> proofs = new TreeMap<>();
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    proofs.put(
                            row.getTimestamp("made").toInstant(),
                            row.getTimestamp("proved").toInstant());
                }
                return proofs;
            }
        });
    }

    /** When one of each instance was last proved. */
    Map<InstanceId, Instant> last() {
        return tables.transact("read which backups were proved", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT domain, name, max(proved) FROM proof GROUP BY domain, name")) {
                Map<InstanceId, Instant> proofs = new TreeMap<>();
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    InstanceId id = new InstanceId(row.getString("name"), row.getString("domain"));
                    proofs.put(id, row.getTimestamp("max").toInstant());
                }
                return proofs;
            }
        });
    }
}
