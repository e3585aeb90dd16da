package platform.webserver.jetty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ResourceService;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.PathSpec;

/**
 * The files below a folder of an app's jar. Jetty's {@link ResourceService} answers conditions and ranges of what a
 * {@link BundleFolder} finds. What is in memory and asked for plainly is answered without it.
 */
final class BundleFiles {

    /** Of the trace flag HTTP file. */
    private static final Logger TRACE = LoggerFactory.getLogger("trace.http-file");

    private static final HttpField NO_SNIFF = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final HttpField VARY =
            new PreEncodedHttpField(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
    private static final HttpField ACCEPT_RANGES = new PreEncodedHttpField(HttpHeader.ACCEPT_RANGES, "bytes");
    private static final HttpField CACHE_CONTROL = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "max-age=300");

    private final PathSpec owner;
    private final String prefix;
    private final BundleFolder folder;
    private final ResourceService service = new ResourceService();

    /** @param owner whose files they are */
    BundleFiles(PathSpec owner, String prefix, Class<?> anchor, String path) {
        this.owner = owner;
        this.prefix = prefix.equals("/") ? "" : prefix;
        this.folder = new BundleFolder(anchor, path);
        service.setHttpContentFactory(folder);
        service.setEtags(true);
        service.setCacheControl(CACHE_CONTROL.getValue());
        service.setDirAllowed(false);
        service.setPrecompressedFormats(BundleFolder.VARIANTS);
    }

    /**
     * @param path decoded, relative to the instance's path
     * @return false when there is no such file
     */
    boolean handle(String path, Request request, Response response, Callback callback) throws IOException {
        String file = path.substring(prefix.length());
        if (folder.isFolder(file)) {
            redirect(request, response, callback);
            return true;
        }
        BundleContent content = folder.find(nameOf(file));
        if (content == null) {
            return false;
        }
        putOwnHeaders(content, response.getHeaders());
        if (HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod())) {
            answer(content, request, response, callback);
        } else {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
        }
        return true;
    }

    /**
     * Answers a plain request for a whole file that is in memory, and then never blocks.
     *
     * @return false when it was nothing of the kind; nothing was done then
     */
    boolean answerFromMemory(String path, Request request, Response response, Callback callback) {
        if (!HttpMethod.GET.is(request.getMethod())) {
            return false;
        }
        String name = nameOf(path.substring(prefix.length()));
        BundleContent content = folder.findKnown(name);
        if (content == null || Conditions.areIn(request.getHeaders())) {
            return false;
        }
        HttpContent chosen = choose(name, content, request);
        byte[] bytes = ((BundleFile) chosen.getResource()).inMemory();
        if (bytes == null) {
            return false;
        }
        trace(name, chosen);
        HttpFields.Mutable headers = response.getHeaders();
        putOwnHeaders(content, headers);
        headers.put(chosen.getETag());
        headers.put(chosen.getLastModified());
        headers.put(chosen.getContentType());
        headers.put(chosen.getContentLength());
        headers.put(ACCEPT_RANGES);
        headers.put(CACHE_CONTROL);
        if (chosen.getContentEncoding() != null) {
            headers.put(chosen.getContentEncoding());
        }
        response.write(true, ByteBuffer.wrap(bytes), callback);
        return true;
    }

    private void trace(String name, HttpContent chosen) {
        if (TRACE.isDebugEnabled()) {
            LogScope.debug(TRACE, owner, "File {} is asked for, {} bytes", name, chosen.getContentLengthValue());
        }
    }

    private static String nameOf(String file) {
        return file.endsWith("/") ? file + BundleFolder.INDEX : file;
    }

    /** The file, or the compressed one that the client likes best. */
    private HttpContent choose(String name, BundleContent content, Request request) {
        if (content.getPreCompressedContentFormats().isEmpty()) {
            return content;
        }
        try {
            return Objects.requireNonNullElse(service.getContent(name, request), content);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read a compressed " + name + " out of its bundle", e);
        }
    }

    private static void putOwnHeaders(BundleContent content, HttpFields.Mutable headers) {
        headers.put(NO_SNIFF);
        if (!content.getPreCompressedContentFormats().isEmpty()) {
            headers.put(VARY);
        }
    }

    /** The path of a file of which only some letters are capitals that should not be, or the other way round; or null. */
    String findIgnoringCase(String path) {
        String found = folder.findIgnoringCase(path.substring(prefix.length()));
        return found == null ? null : prefix + found;
    }

    private void answer(BundleContent content, Request request, Response response, Callback callback) {
        if (!Conditions.areWellFormed(request.getHeaders())) {
            Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
            return;
        }
        String name = ((BundleFile) content.getResource()).getName();
        // A range is one of the file itself, unless the app brought the compressed one along.
        boolean part = request.getHeaders().contains(HttpHeader.RANGE) && folder.isCompressedHere(name);
        HttpContent chosen = part ? content : choose(name, content, request);
        trace(name, chosen);
        // The service strips a trailing slash by a redirect: it is shown the index file itself.
        Request plain = Request.serveAs(request, HttpURI.build(request.getHttpURI(), "/file", null, null));
        service.doGet(Conditions.plain(plain, chosen), response, callback, chosen);
    }

    private static void redirect(Request request, Response response, Callback callback) {
        HttpURI uri = request.getHttpURI();
        String query = uri.getQuery() == null ? "" : "?" + uri.getQuery();
        Response.sendRedirect(request, response, callback, uri.getPath() + "/" + query);
    }
}
