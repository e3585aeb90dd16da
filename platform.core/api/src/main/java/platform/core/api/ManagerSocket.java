package platform.core.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The socket at {@code /manager}, by which existing installers make instances. It is off until it has a password; whoever has that is an
 * administrator. Any thread may call it.
 */
@ProviderType
public interface ManagerSocket {

    /** Whether it has a password. */
    boolean isOn();

    /**
     * Gives it a new password, which turns it on. Who is logged in by the former one can do nothing more.
     *
     * @param password empty to have one made
     * @return the password, which nobody can be shown again
     * @throws PlatformException INVALID for a password that is not allowed; FAILED when it cannot be kept
     */
    String setPassword(Optional<String> password);

    /**
     * Turns it off: nobody can log in, and who is can do nothing more.
     *
     * @return whether it was on
     * @throws PlatformException FAILED when that cannot be kept
     */
    boolean turnOff();
}
