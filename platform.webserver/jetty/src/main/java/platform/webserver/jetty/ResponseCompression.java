package platform.webserver.jetty;

import java.util.Set;
import java.util.function.IntSupplier;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.gzip.GzipEncoderConfig;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Compresses what servlets answer, for clients that take gzip. Static files have their own way and WebSockets theirs; neither
 * passes here. Jetty would also compress parts of a whole, which a client could not put together, and takes the tag off a 304
 * that was asked for by date: such requests pass it by.
 */
final class ResponseCompression extends CompressionHandler {

    private static final String ALL = "/*";
    private static final String GZIP = "gzip";

    /** The types that become smaller: text. Pictures, archives and the like are compressed already. */
    private static final Set<String> TYPES = Set.of(
            "text/html",
            "text/plain",
            "text/css",
            "text/csv",
            "text/javascript",
            "text/markdown",
            "text/xml",
            "text/calendar",
            "application/javascript",
            "application/json",
            "application/ld+json",
            "application/manifest+json",
            "application/problem+json",
            "application/wasm",
            "application/xml",
            "application/xhtml+xml",
            "application/atom+xml",
            "application/rss+xml",
            "image/svg+xml");

    private final IntSupplier least;
    private final GzipCompression gzip = new GzipCompression();

    /** @param least bytes of a body that is compressed; 0 for none */
    ResponseCompression(IntSupplier least, Handler servlets) {
        super(servlets);
        this.least = least;
        GzipEncoderConfig encoder = new GzipEncoderConfig();
        // What a servlet flushes its client gets, and not only when a buffer is full.
        encoder.setSyncFlush(true);
        gzip.setDefaultEncoderConfig(encoder);
        putCompression(gzip);
        CompressionConfig.Builder config = CompressionConfig.builder()
                .compressIncludeMethod("GET")
                .compressIncludeMethod("POST")
                // A small body could become a large one.
                .decompressExcludeEncoding(GZIP);
        TYPES.forEach(config::compressIncludeMimeType);
        putConfiguration(ALL, config.build());
    }

    /** Whether content of this type becomes smaller; parameters of the type are ignored. */
    static boolean helps(String type) {
        int end = type.indexOf(';');
        return TYPES.contains(end < 0 ? type : type.substring(0, end));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        int bytes = least.getAsInt();
        if (bytes == 0 || !isForWholes(request)) {
            return getHandler().handle(request, response, callback);
        }
        if (gzip.getMinCompressSize() != bytes) {
            gzip.setMinCompressSize(bytes);
        }
        return super.handle(request, response, callback);
    }

    private static boolean isForWholes(Request request) {
        HttpFields headers = request.getHeaders();
        boolean body = HttpMethod.GET.is(request.getMethod()) || HttpMethod.POST.is(request.getMethod());
        boolean byDate = headers.contains(HttpHeader.IF_MODIFIED_SINCE) && !headers.contains(HttpHeader.IF_NONE_MATCH);
        return body && !byDate && !headers.contains(HttpHeader.RANGE);
    }
}
