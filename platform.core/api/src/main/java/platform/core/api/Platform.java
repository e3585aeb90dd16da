package platform.core.api;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The platform as a whole. Any thread may call it. */
@ProviderType
public interface Platform {

    String version();

    /** The folder that holds everything which this platform keeps. */
    Path data();

    Instant started();

    /** Where the webserver listens, plain HTTP first. */
    List<URI> addresses();

    /** How many requests the webserver has refused since its start, by the reason. */
    Map<String, Long> refusals();

    /**
     * Gives the platform's own logins to the database server, the administrative one and the manager's, new passwords, which
     * nobody is told. No request fails meanwhile. Blocks until it is done; whoever else knows the former ones is cut off.
     *
     * @throws PlatformException when the server or the disk refuses; the message says what to do
     */
    void rotateDatabasePasswords();

    /** Begins to stop the platform, in order, the database last; returns at once. */
    void shutdown();
}
