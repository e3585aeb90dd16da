package platform.db.api;

/**
 * A PostgreSQL server that holds databases of the platform's, as it was when it was asked.
 *
 * @param name what settings and commands call it
 * @param isEmbedded whether it is the platform's own; any other is run by somebody else
 * @param isDefault whether it has the manager's database, and those of instances that name no server
 * @param address its host and port
 * @param version PostgreSQL's version; empty when it cannot be reached
 * @param databases how many of the platform's databases it has, the manager's and kept ones included; 0 when it cannot be
 *     reached
 * @param problem why it cannot be reached; empty when it can
 */
public record DatabaseServer(
        String name,
        boolean isEmbedded,
        boolean isDefault,
        String address,
        String version,
        int databases,
        String problem) {

    /** The name of the platform's own. */
    public static final String EMBEDDED = "embedded";

    public boolean isReachable() {
        return problem.isEmpty();
    }
}
