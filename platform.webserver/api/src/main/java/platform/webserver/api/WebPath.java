package platform.webserver.api;

import java.net.URI;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A reserved path of the webserver, for its whole life: opened, activated and suspended any number of times, closed once.
 * Any thread may call it; every method is idempotent.
 */
@ProviderType
public interface WebPath extends AutoCloseable {

    /** What an app registers its servlets, files and sockets with. The registrations outlive a suspension. */
    WebContext context();

    /** From now on requests reach what the app registered. */
    void activate();

    /**
     * From now on requests are answered 503 with {@code Retry-After}; open WebSockets are closed with 1001.
     *
     * @param reason shown to the client, one short sentence
     */
    void suspend(String reason);

    /**
     * From now on requests, also those for new WebSockets, are answered 503 with {@code Retry-After}; open WebSockets go on.
     *
     * @param reason shown to the client, one short sentence
     */
    void pause(String reason);

    /**
     * Open WebSockets are closed with 1012 (RFC 6455 7.4.1), and for so long requests that come while the path does not serve wait
     * until it does; for no time lets those go on that wait. To be called before it is suspended for a moment.
     */
    void hold(Duration limit);

    /** Whether a request waits for this path to serve. */
    boolean isAwaited();

    /**
     * From now on, until it is activated, requests are redirected to the same path below another address, by 307: with their methods
     * and bodies, and remembered by nobody. Open WebSockets are closed with 1001.
     *
     * @param address where what was here is now; ends with a slash
     */
    void redirect(URI address);

    /**
     * Replaces what leads here besides the path itself.
     *
     * @throws WebserverException when the host or a former path is malformed, or taken; then nothing has changed
     */
    void alias(PathAliases aliases);

    /** From now on no more than that is accepted at a time; what is there already stays. There are no limits at first. */
    void limit(PathLimits limits);

    /** What the requests to this path have done. */
    RequestStatistics requests();

    /** What the WebSockets of this path have done. */
    WebSocketStatistics statistics();

    /** Removes every registration that the app left behind on this path. */
    void clear();

    /** Suspends, clears, and gives the path back: from now on it answers 404. */
    @Override
    void close();
}
