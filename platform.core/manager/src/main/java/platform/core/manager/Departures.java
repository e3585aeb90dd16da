package platform.core.manager;

import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import platform.core.api.Departure;
import platform.core.api.InstanceId;
import platform.core.api.PlatformException;

/** The instances that go to another platform, or have gone: in the manager's database first, then in memory. */
final class Departures {

    private static final String KEEP = "INSERT INTO departure (domain, name, address, until) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (domain, name) DO UPDATE SET address = excluded.address, until = excluded.until";
    private static final String ALL =
            "SELECT i.database, d.* FROM departure d JOIN instance i ON i.domain = d.domain AND i.name = d.name";

    private final ManagerTables tables;
    /** By the name of the database, which the instance keeps when it is renamed. */
    private final Map<String, Departure> all = new ConcurrentHashMap<>();

    Departures(ManagerTables tables) {
        this.tables = tables;
        tables.transact("read which instances were moved away", connection -> {
            try (PreparedStatement select = connection.prepareStatement(ALL)) {
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    all.put(row.getString("database"), departure(row));
                }
            }
            return all;
        });
    }

    private static Departure departure(ResultSet row) throws SQLException {
        return new Departure(
                Optional.ofNullable(row.getString("address")).map(URI::create),
                Optional.ofNullable(row.getTimestamp("until")).map(Timestamp::toInstant));
    }

    Optional<Departure> of(InstanceRecord instance) {
        return Optional.ofNullable(all.get(instance.database()));
    }

    /** Those among these, by their ids. */
    Map<InstanceId, Departure> of(Iterable<ManagedInstance> instances) {
        Map<InstanceId, Departure> found = new TreeMap<>();
        instances.forEach(it ->
                of(it.record()).ifPresent(departure -> found.put(it.record().id(), departure)));
        return found;
    }

    /** @throws PlatformException CONFLICT when the instance has gone */
    void mustBeHere(InstanceRecord instance) {
        of(instance).ifPresent(departure -> {
            throw PlatformException.conflict(instance.id() + " cannot be used here: " + departure.reason()
                    + " To have it run here again: instance:move " + instance.id() + " --abort");
        });
    }

    void keep(InstanceRecord instance, Departure departure) {
        InstanceId id = instance.id();
        tables.transact("note that " + id + " is moved away", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(KEEP)) {
                insert.setString(1, id.domain());
                insert.setString(2, id.name());
                insert.setString(3, departure.address().map(URI::toString).orElse(null));
                Instant until = departure.until().orElse(null);
                insert.setTimestamp(4, until == null ? null : Timestamp.from(until));
                return insert.executeUpdate();
            }
        });
        all.put(instance.database(), departure);
    }

    void forget(InstanceRecord instance) {
        InstanceId id = instance.id();
        tables.transact("note that " + id + " stays", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM departure WHERE domain = ? AND name = ?")) {
                delete.setString(1, id.domain());
                delete.setString(2, id.name());
                return delete.executeUpdate();
            }
        });
        all.remove(instance.database());
    }

    /** It was deleted, and its row with it. */
    void deleted(InstanceRecord instance) {
        all.remove(instance.database());
    }
}
