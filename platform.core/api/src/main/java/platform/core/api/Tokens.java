package platform.core.api;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What programs log in with, in the name of a user. Any thread may call it. */
@ProviderType
public interface Tokens {

    /** All, by name, also those that are over. */
    List<TokenInfo> list();

    /**
     * Makes a token. Only its hash is kept.
     *
     * @return the token, which nobody can be shown again
     * @throws PlatformException NOT_FOUND when there is no such user; INVALID when it would have more rights than he, or is
     *     over already; CONFLICT when the name is taken
     */
    String add(String name, String user, Role role, AccessScope scope, Instant expires);

    /**
     * @throws PlatformException NOT_FOUND
     */
    void remove(String name);
}
