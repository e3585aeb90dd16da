package platform.db.api;

import java.util.Optional;

/**
 * How a PostgreSQL that somebody else runs is reached.
 *
 * @param name by which the platform knows it: lower-case letters, digits and hyphens
 * @param tls {@code verify-full}, {@code verify-ca}, {@code require} or {@code disable}
 * @param authorities the certificates that vouch for it, in PEM; absent for those that were given before
 * @param user a login that may create roles and databases
 * @param password of the login; absent for that which was given before
 * @param connections how many the platform may have there; 0 is all that the server has
 */
public record ServerRegistration(
        String name,
        String host,
        int port,
        String tls,
        Optional<String> authorities,
        String user,
        Optional<String> password,
        int connections) {

    public static final int USUAL_PORT = 5432;
    public static final String USUAL_TLS = "verify-full";

    /** Without the password. */
    @Override
    public String toString() {
        return "ServerRegistration[" + name + " at " + host + ":" + port + "]";
    }
}
