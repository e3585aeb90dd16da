package platform.db.postgresql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;
import platform.db.api.Quota;
import platform.db.api.QuotaState;
import platform.db.api.QuotaUse;
import platform.db.api.Quotas;

/** The quotas of all servers. One that was away is told of them when it is back. */
final class RoutedQuotas implements Quotas {

    private static final Logger LOG = LoggerFactory.getLogger(RoutedQuotas.class);

    private final Servers servers;
    private final Map<String, Quota> known = new HashMap<>();
    private final Set<ServedServer> told = new HashSet<>();

    RoutedQuotas(Servers servers) {
        this.servers = servers;
    }

    @Override
    public synchronized void apply(Map<String, Quota> changed) {
        known.putAll(changed);
        told.retainAll(servers.present());
        for (ServedServer server : servers.present()) {
            tell(server, changed);
        }
    }

    /** What is elsewhere is passed over there. */
    private void tell(ServedServer server, Map<String, Quota> quotas) {
        server.quotas().apply(quotas);
        told.add(server);
    }

    @Override
    public QuotaUse use(String database) {
        return servers.holding(database).quotas().use(database);
    }

    @Override
    public synchronized List<QuotaState> check() {
        List<ServedServer> present = servers.present();
        told.retainAll(present);
        List<QuotaState> states = new ArrayList<>(servers.main().quotas().check());
        for (ServedServer server : present) {
            if (server != servers.main()) {
                states.addAll(check(server));
            }
        }
        return states;
    }

    private List<QuotaState> check(ServedServer server) {
        try {
            if (!told.contains(server)) {
                tell(server, known);
            }
            return server.quotas().check();
        } catch (DatabaseException e) {
            LOG.warn("The quotas on the database server '{}' cannot be seen to now: {}", server.name(), e.getMessage());
            return List.of();
        }
    }
}
