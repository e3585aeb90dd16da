package platform.core.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The public SSH keys of the users. Any thread may call it; a change holds from the next login on. */
@ProviderType
public interface UserKeys {

    /** All, by user and fingerprint. */
    List<UserKey> list();

    /**
     * Lets a user log in by a key.
     *
     * @param line as in OpenSSH's {@code authorized_keys}, without options: Ed25519, ECDSA, or RSA of at least 3072 bits
     * @throws PlatformException NOT_FOUND when there is no such user; INVALID for a line that is no such key, has options, or
     *     is a private key; CONFLICT when he has the key already
     */
    UserKey add(String user, String line);

    /**
     * @throws PlatformException NOT_FOUND when he has no key of that fingerprint
     */
    void remove(String user, String fingerprint);
}
