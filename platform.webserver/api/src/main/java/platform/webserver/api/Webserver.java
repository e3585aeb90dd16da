package platform.webserver.api;

import java.net.URI;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one webserver that all instances share. Any thread may call it.
 */
@ProviderType
public interface Webserver {

    /**
     * Reserves a path. It answers 503 until {@link WebPath#activate()}; where paths nest, the longest prefix wins.
     *
     * @throws WebserverException when the path is malformed, reserved by the platform, or taken
     */
    WebPath open(PathSpec spec);

    /** Throws the {@link WebserverException} that {@link #open} would throw for this path, but reserves nothing. */
    void check(String path);

    /** The addresses the webserver listens on, as a browser on this machine would reach them; plain HTTP first. */
    List<URI> addresses();
}
