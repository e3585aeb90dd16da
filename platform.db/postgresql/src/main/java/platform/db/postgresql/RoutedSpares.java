package platform.db.postgresql;

import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;
import platform.db.api.SpareDatabases;

/** Puts databases beside others, on the server that has those. */
record RoutedSpares(Servers servers) implements SpareDatabases {

    private static final Logger LOG = LoggerFactory.getLogger(RoutedSpares.class);

    /** A role stands where its database is, which bears the same name. */
    @Override
    public String create(String role) {
        return of(role).create(role);
    }

    @Override
    public String keptName(Instant until) {
        return servers.main().spares().keptName(until);
    }

    @Override
    public void replace(String database, String spare, String kept) {
        of(spare).replace(database, spare, kept);
    }

    @Override
    public void use(String spare, String database) {
        of(spare).use(spare, database);
    }

    @Override
    public boolean exists(String name) {
        return servers.present().stream().anyMatch(it -> it.spares().exists(name));
    }

    @Override
    public void drop(String name) {
        of(name).drop(name);
    }

    @Override
    public List<String> kept() {
        return servers.present().stream()
                .flatMap(it -> it.spares().kept().stream())
                .sorted()
                .toList();
    }

    /** One server that fails keeps no other from its turn. */
    @Override
    public void dropExpired(Instant now) {
        for (ServedServer server : servers.present()) {
            try {
                server.spares().dropExpired(now);
            } catch (DatabaseException e) {
                LOG.warn("Kept databases of the server '{}' stay for now: {}", server.name(), e.getMessage());
            }
        }
    }

    @Override
    public long freeBytes() {
        return servers.main().spares().freeBytes();
    }

    @Override
    public long freeBytes(String server) {
        return servers.require(server).spares().freeBytes();
    }

    private SpareDatabases of(String database) {
        return servers.holding(database).spares();
    }
}
