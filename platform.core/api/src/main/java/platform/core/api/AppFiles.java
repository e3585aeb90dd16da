package platform.core.api;

import java.io.InputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The files of the apps: by them apps come, are updated and go. Calls block until what they ask for is done; any thread may make
 * them.
 */
@ProviderType
public interface AppFiles {

    /** The largest file that is received. */
    long LARGEST = 512L << 20;

    /**
     * Receives an app's jar to its end, and checks that it is one. Nothing has become of it then.
     *
     * @param app the name that the app has to give itself
     * @throws PlatformException INVALID when it is larger than {@link #LARGEST}, no whole jar, no app, or another app; FAILED when
     *     it does not arrive or cannot be kept
     */
    ReceivedApp receive(String app, InputStream jar);

    /**
     * Removes the app and its file. Its instances are stopped and stay, with their data, until an app of that name is there again.
     *
     * @param withInstances although it has instances
     * @throws PlatformException NOT_FOUND, CONFLICT when it has instances, or FAILED when the file cannot be removed
     */
    void remove(String app, boolean withInstances);
}
