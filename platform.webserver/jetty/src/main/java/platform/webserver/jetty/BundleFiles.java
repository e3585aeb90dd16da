package platform.webserver.jetty;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ResourceService;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * The files below a folder of an app's jar. Jetty's {@link ResourceService} answers conditions and ranges; what it finds
 * comes from here. Only files that exist are remembered, so that nobody fills the memory by asking for others.
 */
final class BundleFiles implements HttpContent.Factory {

    private static final List<CompressedContentFormat> VARIANTS =
            List.of(CompressedContentFormat.BR, CompressedContentFormat.GZIP);
    private static final String INDEX = "index.html";

    private final String prefix;
    private final ClassLoader loader;
    private final String folder;
    private final Instant modified;
    private final ResourceService service = new ResourceService();
    private final Map<String, BundleContent> known = new ConcurrentHashMap<>();

    BundleFiles(String prefix, Class<?> anchor, String folder) {
        this.prefix = prefix.equals("/") ? "" : prefix;
        this.loader = anchor.getClassLoader();
        this.folder = folder.substring(1);
        Bundle bundle = FrameworkUtil.getBundle(anchor);
        this.modified = bundle == null ? Instant.now() : Instant.ofEpochMilli(bundle.getLastModified());
        service.setHttpContentFactory(this);
        service.setEtags(true);
        service.setCacheControl("max-age=300");
        service.setDirAllowed(false);
        service.setPrecompressedFormats(VARIANTS);
    }

    /**
     * @param path decoded, relative to the instance's path
     * @return false when there is no such file
     */
    boolean handle(String path, Request request, Response response, Callback callback) throws IOException {
        String file = path.substring(prefix.length());
        if (isFolder(file)) {
            redirect(request, response, callback);
            return true;
        }
        BundleContent content = getContent(file.endsWith("/") ? file + INDEX : file);
        if (content == null) {
            return false;
        }
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        if (HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod())) {
            answer(content, request, response, callback);
        } else {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
        }
        return true;
    }

    private void answer(BundleContent content, Request request, Response response, Callback callback)
            throws IOException {
        if (!content.getPreCompressedContentFormats().isEmpty()) {
            response.getHeaders().put(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
        }
        String name = ((BundleFile) content.getResource()).getName();
        HttpContent chosen = Objects.requireNonNullElse(service.getContent(name, request), content);
        // The service strips a trailing slash by a redirect: it is shown the index file itself.
        Request plain = Request.serveAs(request, HttpURI.build(request.getHttpURI(), "/file", null, null));
        Request asked = hasConditions(request) ? withPlainConditions(plain, chosen) : plain;
        service.doGet(asked, response, callback, chosen);
    }

    /** Supplies what Jetty leaves out of RFC 9110 13.1: an asterisk means any tag, and If-Range. */
    private static Request withPlainConditions(Request request, HttpContent content) {
        HttpFields.Mutable headers = HttpFields.build(request.getHeaders());
        String etag = content.getETagValue();
        for (HttpHeader condition : List.of(HttpHeader.IF_MATCH, HttpHeader.IF_NONE_MATCH)) {
            if ("*".equals(headers.get(condition))) {
                headers.put(condition, etag);
            }
        }
        String version = headers.get(HttpHeader.IF_RANGE);
        if (version != null && !version.equals(etag)) {
            headers.remove(HttpHeader.RANGE);
        }
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }

    private static boolean hasConditions(Request request) {
        HttpFields headers = request.getHeaders();
        return headers.contains(HttpHeader.IF_RANGE)
                || headers.contains(HttpHeader.IF_MATCH)
                || headers.contains(HttpHeader.IF_NONE_MATCH);
    }

    private boolean isFolder(String file) {
        if (file.isEmpty()) {
            return true;
        }
        return !file.endsWith("/") && !known.containsKey(file) && url(file + "/" + INDEX) != null;
    }

    private static void redirect(Request request, Response response, Callback callback) {
        HttpURI uri = request.getHttpURI();
        String query = uri.getQuery() == null ? "" : "?" + uri.getQuery();
        Response.sendRedirect(request, response, callback, uri.getPath() + "/" + query);
    }

    /** Finds a file by its path below the folder; null when there is none. */
    @Override
    public BundleContent getContent(String path) throws IOException {
        BundleContent content = known.get(path);
        if (content == null) {
            content = load(path);
            if (content != null) {
                known.put(path, content);
            }
        }
        return content;
    }

    private BundleContent load(String path) throws IOException {
        URL url = url(path);
        if (url == null || isFolder(path, url)) {
            return null;
        }
        Set<CompressedContentFormat> variants = new LinkedHashSet<>();
        for (CompressedContentFormat format : VARIANTS) {
            if (url(path + format.getExtension()) != null) {
                variants.add(format);
            }
        }
        return new BundleContent(new BundleFile(url, path, modified), Set.copyOf(variants));
    }

    private URL url(String path) {
        boolean strange = path.indexOf('\\') >= 0 || path.contains("//") || path.contains("/../");
        return strange ? null : loader.getResource(folder + path);
    }

    /** A folder too has a URL, where the jar has entries for folders or is none but a folder of classes. */
    private boolean isFolder(String path, URL url) {
        if (url.getProtocol().equals("file")) {
            return Files.isDirectory(Path.of(url.getPath()));
        }
        return url(path + "/") != null;
    }
}
