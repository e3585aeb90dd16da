package platform.core.api;

/**
 * Somebody whom an identity provider has logged in, and what he may do by what it says of him.
 *
 * @param name as the provider calls him; here he is {@value #PREFIX} and this, so that he is never taken for a user of the platform's
 *     own
 * @param identity what the provider never gives to anybody else: its name and his number there
 */
public record ExternalUser(String name, String identity, Role role, AccessScope scope) {

    /** What the names of such users begin with. */
    public static final String PREFIX = "oidc:";

    /** Whether a user of this name is one whom an identity provider logs in. */
    public static boolean isName(String user) {
        return user.startsWith(PREFIX);
    }
}
