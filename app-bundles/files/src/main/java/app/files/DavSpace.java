package app.files;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The URLs of an instance's tree: {@code <path>/dav/…}. Paths are read from what the client sent, undecoded. */
final class DavSpace {

    private final List<String> prefix;
    private final String base;

    DavSpace(String webPath) {
        prefix = new ArrayList<>(Arrays.asList(webPath.substring(1).split("/")));
        prefix.add("dav");
        base = encoded(prefix);
    }

    /**
     * The place that the path of a request names.
     *
     * @throws DavException 400 when the path is malformed, 404 when it is not of this tree
     */
    DavPath path(String rawPath) {
        return place(rawPath, 404);
    }

    /**
     * The place that a Destination header or a tag of an If header names.
     *
     * @param reference an absolute URI or an absolute path (RFC 4918 8.3)
     * @param request says which server this is
     * @throws DavException 400 when it is malformed, 502 when it is elsewhere
     */
    DavPath reference(String reference, HttpServletRequest request) {
        if (reference.startsWith("/") && !reference.startsWith("//")) {
            return place(reference, 502);
        }
        URI uri = absolute(reference);
        if (!Authority.isOf(request, uri.getScheme(), uri.getRawAuthority())) {
            throw new DavException(502, "The destination is on another server. Name one below " + base + "/.");
        }
        return place(uri.getRawPath(), 502);
    }

    String href(DavPath path, boolean folder) {
        String whole = base + encoded(path.names());
        return folder ? whole + "/" : whole;
    }

    private DavPath place(String rawPath, int elsewhere) {
        int end = rawPath.endsWith("/") ? rawPath.length() - 1 : rawPath.length();
        String[] segments = rawPath.substring(Math.min(1, end), end).split("/", -1);
        List<String> names = Arrays.stream(segments).map(Urls::decode).toList();
        if (names.size() < prefix.size() || !names.subList(0, prefix.size()).equals(prefix)) {
            throw new DavException(elsewhere, "The path is not of this file store. Name one below " + base + "/.");
        }
        return new DavPath(names.subList(prefix.size(), names.size()));
    }

    private static URI absolute(String reference) {
        try {
            URI uri = new URI(reference);
            if (uri.getRawAuthority() != null && uri.getRawPath() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new DavException(400, "A URL in a header is malformed: " + e.getReason() + ". Encode it (RFC 3986).");
        }
        throw new DavException(400, "A URL in a header is neither absolute nor an absolute path. Send it whole.");
    }

    private static String encoded(List<String> names) {
        StringBuilder path = new StringBuilder();
        names.forEach(name -> path.append('/').append(Urls.encode(name)));
        return path.toString();
    }
}
