package platform.db.postgresql;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * Which running server it is that answers, whatever the name and the address by which it is reached. The moment of its start, in
 * microseconds, tells servers apart, and any login may ask for it; the system identifier does not: a standby that was
 * promoted, or a copy of the data folder, has that of its origin.
 */
final class ClusterIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterIdentity.class);

    private static final String IDENTITY =
            "SELECT concat_ws(' ', extract(epoch FROM pg_postmaster_start_time()), current_setting('port'))";

    private ClusterIdentity() {}

    /** The same for two servers that are one; until that is restarted. */
    static String of(Server server) {
        return new Sessions(server)
                .administer(
                        "find out which database server '" + server.name() + "' is",
                        connection -> Rows.first(connection, IDENTITY, row -> row.getString(1))
                                .orElseThrow());
    }

    /** The name of another of these that is the same server. */
    static Optional<String> otherName(Server server, List<ServedServer> known) {
        String identity = of(server);
        return known.stream()
                .filter(it -> !it.name().equals(server.name()))
                .filter(it -> is(it.server(), identity))
                .map(ServedServer::name)
                .findFirst();
    }

    /** One that has just gone away cannot be asked, and bars nobody. */
    private static boolean is(Server server, String identity) {
        try {
            return of(server).equals(identity);
        } catch (DatabaseException e) {
            LOG.debug("'{}' cannot be compared", server.name(), e);
            return false;
        }
    }
}
