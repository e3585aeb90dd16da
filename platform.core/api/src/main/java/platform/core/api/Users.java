package platform.core.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who may log in to the platform. Any thread may call it; a change holds from the next login or request on. There is always
 * an enabled administrator of everything: what would leave none is refused with CONFLICT.
 */
@ProviderType
public interface Users {

    /** All, by name. */
    List<UserInfo> list();

    Optional<UserInfo> find(String name);

    /**
     * Adds a user.
     *
     * @param password empty to have one made
     * @return the password, which nobody can be shown again
     * @throws PlatformException INVALID for a name or password that is not allowed, or an administrator with a scope; CONFLICT
     *     when the name is taken
     */
    String add(String name, Role role, AccessScope scope, Optional<String> password);

    /**
     * Gives a user a new password; wrong logins until now are forgiven.
     *
     * @param password empty to have one made
     * @return the password, which nobody can be shown again
     * @throws PlatformException NOT_FOUND; INVALID
     */
    String setPassword(String name, Optional<String> password);

    /**
     * @throws PlatformException NOT_FOUND; INVALID for an administrator with a scope; CONFLICT
     */
    void setRole(String name, Role role, AccessScope scope);

    /**
     * Lets a user log in or not; his tokens follow. Wrong logins until now are forgiven to who may.
     *
     * @throws PlatformException NOT_FOUND; CONFLICT
     */
    void setEnabled(String name, boolean enabled);

    /**
     * Removes a user, with his tokens.
     *
     * @throws PlatformException NOT_FOUND; CONFLICT
     */
    void remove(String name);

    /** A fresh secret for a second factor, in Base32 as authenticators take it. Nothing is kept of it. */
    String newTotpSecret();

    /**
     * Asks a user for a second factor from now on.
     *
     * @param code what his authenticator shows: proof that it has the secret
     * @throws PlatformException NOT_FOUND; INVALID when the code is wrong
     */
    void setTotp(String name, String secret, String code);

    /**
     * Asks a user for his password only.
     *
     * @throws PlatformException NOT_FOUND
     */
    void removeTotp(String name);
}
