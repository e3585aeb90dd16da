package platform.webserver.api;

import java.net.URI;
import java.util.List;
import java.util.Map;
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

    /**
     * Says that every path that there is has been opened. Until then, after its start, what nothing answers is 503 rather than
     * 404: its path may still be opened.
     */
    void allOpened();

    /** Throws the {@link WebserverException} that {@link #open} would throw for this path, but reserves nothing. */
    void check(String path, String owner);

    /**
     * Throws the {@link WebserverException} that {@link WebPath#alias} would throw for this host.
     *
     * @param owner whose path may have it already
     */
    void checkHost(String host, String owner);

    /** The addresses the webserver listens on, as a browser on this machine would reach them; plain HTTP first. */
    List<URI> addresses();

    /**
     * How many requests were refused since the start, by the reason, such as {@code bodies too large}. Every reason is there,
     * also while its number is zero.
     */
    Map<String, Long> refusals();

    /** What the requests that were for no open path have done: those to the platform's own pages, and to nothing. */
    RequestStatistics requests();
}
