package app.files;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/** A request as WebDAV reads it. */
final class DavRequest {

    private final HttpServletRequest http;
    private final DavSpace space;
    private final DavPath path;

    /**
     * @throws DavException 400 or 404 when the path names nothing that can be in the tree
     */
    DavRequest(HttpServletRequest http, DavSpace space) {
        this.http = http;
        this.space = space;
        this.path = space.path(http.getRequestURI());
    }

    HttpServletRequest http() {
        return http;
    }

    DavPath path() {
        return path;
    }

    /** Whether the URL ends with a slash, as the URL of a folder does. */
    boolean namesFolder() {
        return http.getRequestURI().endsWith("/");
    }

    Optional<String> header(String name) {
        List<String> lines = Collections.list(http.getHeaders(name));
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", lines));
    }

    Conditions conditions() {
        return new Conditions(http);
    }

    Depth depth(Set<Depth> allowed) {
        return Depth.parse(header("Depth").orElse(Depth.INFINITY.toString()), allowed);
    }

    Optional<Element> body() throws IOException {
        return Xml.body(http.getInputStream());
    }

    /**
     * Where COPY and MOVE lead to.
     *
     * @throws DavException 400 when the header is missing or malformed, 502 when it leads out of this tree
     */
    DavPath destination() {
        return reference(header("Destination")
                .orElseThrow(() -> new DavException(400, "The Destination header is missing. Say where to.")));
    }

    boolean overwrites() {
        return !header("Overwrite").orElse("T").trim().equalsIgnoreCase("F");
    }

    DavPath reference(String url) {
        return space.reference(url, http);
    }

    String href(DavPath place, boolean folder) {
        return space.href(place, folder);
    }

    /** The URL of a lock that holds at a place. */
    String lockRoot(Location place, Lock lock) {
        DavPath root = place.pathOf(lock.entry());
        return href(root, place.chain().get(root.depth()).isFolder());
    }
}
