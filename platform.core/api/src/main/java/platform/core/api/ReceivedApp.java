package platform.core.api;

import org.osgi.annotation.versioning.ProviderType;

/** An app's jar that has arrived. Closing gives up what was not installed. */
@ProviderType
public interface ReceivedApp extends AutoCloseable {

    /** SHA-256 of the file, in hex. */
    String hash();

    /** The version that the app gives itself. */
    String version();

    /**
     * Installs it, in the place of its former version if there is one, and has it run with its instances, unless it was stopped by
     * an administrator. One that does not run is FAILED and says why.
     *
     * @throws PlatformException CONFLICT when another app has its file, or FAILED when the file cannot take its place
     */
    ServiceInfo install();

    /** Removes the file, unless it was installed. */
    @Override
    void close();
}
