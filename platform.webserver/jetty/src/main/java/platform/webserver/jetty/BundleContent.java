package platform.webserver.jetty;

import java.util.Set;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.http.content.ResourceHttpContent;
import org.eclipse.jetty.io.ByteBufferPool;

/** A file with what HTTP says about it: its type, and a strong ETag (RFC 9110 8.8.3) made of its content. */
final class BundleContent extends ResourceHttpContent {

    private static final Set<String> TEXT_TYPES =
            Set.of("application/javascript", "application/json", "application/manifest+json", "application/xml");

    private final HttpField type;
    private final HttpField length;
    private final HttpField modified;
    private final HttpField etag;
    private final Set<CompressedContentFormat> variants;

    BundleContent(BundleFile file, Set<CompressedContentFormat> variants) {
        super(file, typeOf(file.getFileName()), ByteBufferPool.SIZED_NON_POOLING);
        this.variants = variants;
        this.type = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, typeOf(file.getFileName()));
        this.length = new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, file.length());
        this.modified =
                new PreEncodedHttpField(HttpHeader.LAST_MODIFIED, DateGenerator.formatDate(file.lastModified()));
        // No dash in the tag: Jetty appends "--gzip" for a compressed variant and cuts it off again at the last dash.
        this.etag = new PreEncodedHttpField(HttpHeader.ETAG, '"' + file.hash().replace('-', '.') + '"');
    }

    @Override
    public HttpField getContentType() {
        return type;
    }

    @Override
    public HttpField getContentLength() {
        return length;
    }

    @Override
    public HttpField getLastModified() {
        return modified;
    }

    @Override
    public HttpField getETag() {
        return etag;
    }

    @Override
    public Set<CompressedContentFormat> getPreCompressedContentFormats() {
        return variants;
    }

    static String typeOf(String name) {
        String type = MimeTypes.DEFAULTS.getMimeByExtension(name);
        if (type == null) {
            return "application/octet-stream";
        }
        boolean text = type.startsWith("text/") || type.endsWith("+xml") || TEXT_TYPES.contains(type);
        return text && !type.contains("charset") ? type + ";charset=utf-8" : type;
    }
}
