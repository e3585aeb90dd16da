package platform.core.api;

import org.osgi.annotation.versioning.ProviderType;

/** Who may administer the platform. */
@ProviderType
public interface Administrators {

    /**
     * Whether this is the name and the password of an administrator. Takes some 100 ms of CPU on purpose, the same for an
     * unknown name. Any thread may call it.
     */
    boolean authenticate(String user, char[] password);
}
