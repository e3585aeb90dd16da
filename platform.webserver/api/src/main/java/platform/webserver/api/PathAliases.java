package platform.webserver.api;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What leads to a path besides itself.
 *
 * @param host a host name that belongs to whoever is behind the path alone, in lower case and without a port: its root
 *     redirects to the path, and nothing else of the webserver is served under it. So its pages have a browser origin of
 *     their own
 * @param formerPaths paths that redirect to it, with all that lies below them, each until its time
 */
public record PathAliases(Optional<String> host, Map<String, Instant> formerPaths) {

    /** Nothing does. */
    public static final PathAliases NONE = new PathAliases(Optional.empty(), Map.of());

    public PathAliases {
        Objects.requireNonNull(host, "host");
        formerPaths = Map.copyOf(formerPaths);
    }
}
