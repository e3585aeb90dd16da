package platform.core.api;

import java.net.InetAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds out who somebody is. Any thread may call it. Refused logins are in the audit, and who came over HTTP, too; after ten in a quarter of
 * an hour the refused ones as a sum.
 */
@ProviderType
public interface Access {

    /**
     * Checks a name and a password. The first time it takes some 50 ms of CPU and 19 MiB on purpose, the same for an unknown
     * name; what was right is known for a quarter of an hour after its last use, at most for twelve. Wrong ones are slowed
     * down by address and by user: after ten in a row one second, then two, up to a quarter of an hour.
     *
     * @param password of a user with a second factor: the password, and at its end the six digits that hold now
     */
    Login login(String user, char[] password, Caller.Origin origin, InetAddress from);

    /** Who an API token belongs to, with the lesser of its own and its user's rights; empty when it is wrong or over. */
    Optional<Caller> token(String token, Caller.Origin origin, InetAddress from);

    /**
     * Who a public SSH key belongs to; empty when the user has no such key, or is disabled. Whether somebody holds the private
     * one has to be found out before he is believed.
     *
     * @param fingerprint as OpenSSH shows it: {@code SHA256:} and 43 characters
     */
    Optional<Caller> key(String user, String fingerprint, Caller.Origin origin, InetAddress from);

    /**
     * A user as he would be after a login: for who may become anybody, such as the platform's user on its machine. Nothing is
     * checked.
     *
     * @throws PlatformException NOT_FOUND; CONFLICT when he is disabled
     */
    Caller become(String user, Caller.Origin origin, String from);

    /**
     * Lets in somebody whom an identity provider has logged in; from the first time on he is a user, with the role and scope
     * that he comes with now.
     *
     * @return a secret by which he is known for a quarter of an hour after its last use, at most for twelve
     * @throws PlatformException DENIED when he is disabled here, or somebody else had his name before; FAILED when the
     *     database is away
     */
    String openSession(ExternalUser user, Caller.Origin origin, InetAddress from);

    /** Notes that somebody has come by way of an identity provider and is not let in. */
    void refused(Caller.Origin origin, InetAddress from, String reason);

    /** Whose session it is, as he is now; empty when it is over, or he is removed or disabled. */
    Optional<Caller> session(String secret, Caller.Origin origin, InetAddress from);

    void closeSession(String secret);
}
