package platform.core.api;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** Gives each socket its listener, once its peer has logged in. */
@ConsumerType
@FunctionalInterface
public interface AppSocketListenerFactory {

    /** Called once for each login, on the instance's executor. What it throws closes the socket with 1011. */
    AppSocketListener listenerFor(AppSession session);

    /**
     * The apps that can be logged in to by this socket. Empty, as it is unless overridden: the one that the socket is named
     * after, the last part of its path.
     */
    default Set<String> apps() {
        return Set.of();
    }

    /**
     * The number of the app's current build, hexadecimal digits: pages that were loaded from a folder of another build are
     * told to move. Empty when the app's pages do not lie in such folders.
     */
    default String build() {
        return "";
    }
}
