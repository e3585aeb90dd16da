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

    /** Begins to stop the platform, in order, the database last; returns at once. */
    void shutdown();
}
