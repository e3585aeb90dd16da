package platform.webserver.jetty;

import java.util.Map;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import platform.webserver.api.ServletOptions;

/** What an app registered on its path at one moment; immutable. Paths are relative to the instance's. */
final class Routes {

    static final Routes NONE = new Routes(Map.of(), Map.of());

    private final PathMappings<Object> patterns = new PathMappings<>();
    private final Map<String, SocketEndpoint> sockets;
    private final boolean files;

    /**
     * @param targets by pattern: {@link BundleFiles}, or {@link ServletOptions} where a servlet answers
     * @param sockets by exact path
     */
    Routes(Map<String, Object> targets, Map<String, SocketEndpoint> sockets) {
        this.sockets = Map.copyOf(sockets);
        this.files = targets.values().stream().anyMatch(BundleFiles.class::isInstance);
        targets.forEach((pattern, target) -> patterns.put(new ServletPathSpec(pattern), target));
    }

    SocketEndpoint socket(String path) {
        return sockets.get(path.isEmpty() ? "/" : path);
    }

    /** The files that may answer this path: null when a servlet has a more specific pattern. */
    BundleFiles files(String path) {
        if (!files) {
            return null;
        }
        MatchedResource<Object> match = patterns.getMatched(path);
        return match != null && match.getResource() instanceof BundleFiles found ? found : null;
    }

    /** What the servlet that answers this path was registered with; the default where none does. */
    ServletOptions servlet(String path) {
        MatchedResource<Object> match = patterns.getMatched(path);
        return match != null && match.getResource() instanceof ServletOptions found ? found : ServletOptions.DEFAULT;
    }
}
