package platform.db.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import platform.db.api.AccessEntry;
import platform.db.api.DatabaseException;
import platform.db.api.GrantedAccess;
import platform.db.api.HostAccess;

/** Who may come in is the platform's to say on its own server only. */
record RoutedHostAccess(Servers servers, Optional<PostgresHostAccess> embedded) implements HostAccess {

    @Override
    public GrantedAccess allow(String database, String network, Optional<Duration> lasts) {
        ServedServer server = servers.holding(database);
        if (!server.name().equals(Server.EMBEDDED)) {
            throw new DatabaseException("The database '" + database + "' is on the server '" + server.name()
                    + "', which its own administrator opens to other machines: make a login there that is a member of"
                    + " the role '" + database + "', and allow it in the server's pg_hba.conf");
        }
        return embedded.orElseThrow().allow(database, network, lasts);
    }

    @Override
    public List<AccessEntry> deny(String database, Optional<String> network) {
        return embedded.map(it -> it.deny(database, network)).orElse(List.of());
    }

    @Override
    public List<AccessEntry> list() {
        return embedded.map(HostAccess::list).orElse(List.of());
    }
}
