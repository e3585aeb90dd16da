package platform.db.postgresql;

/**
 * Which running server it is that answers, whatever the name and the address by which it is reached. The moment of its start, in
 * microseconds, tells servers apart, and any login may ask for it; the system identifier does not: a standby that was
 * promoted, or a copy of the data folder, has that of its origin.
 */
final class ClusterIdentity {

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
}
