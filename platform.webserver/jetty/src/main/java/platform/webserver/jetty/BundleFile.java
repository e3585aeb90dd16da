package platform.webserver.jetty;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.TypeUtil;
import org.eclipse.jetty.util.resource.Resource;

/**
 * A file in a bundle, or the compressed form of one. It is read once to learn its length and hash; a small one stays in memory
 * as long as there is plenty, a large one is streamed out of the jar each time, and a compressed one stays whatever its size.
 */
final class BundleFile extends Resource implements Content.Source.Factory {

    private static final int SMALL = 64 * 1024;
    private static final int LEAST_GZIPPED = 1024;
    private static final int LARGEST_GZIPPED = 4 * 1024 * 1024;

    private final URL url;
    private final Opener opener;
    private final int kept;
    private final Instant modified;
    private final String name;
    private final long length;
    private final String hash;
    private volatile SoftReference<byte[]> bytes = new SoftReference<>(null);

    /** @throws IOException when there is no such file */
    BundleFile(URL url, String name, Instant modified) throws IOException {
        this(url, url::openStream, name, modified, SMALL);
    }

    private BundleFile(URL url, Opener opener, String name, Instant modified, int kept) throws IOException {
        this.url = url;
        this.opener = opener;
        this.kept = kept;
        this.name = name;
        this.modified = modified;
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(newInputStream(), digest)) {
            byte[] head = in.readNBytes(kept + 1);
            this.length = head.length + in.transferTo(OutputStream.nullOutputStream());
            if (length <= kept) {
                bytes = new SoftReference<>(head);
            }
        }
        this.hash = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }

    /** The same, compressed with gzip. */
    BundleFile gzipped() throws IOException {
        return new BundleFile(url, this::compress, name, modified, LARGEST_GZIPPED);
    }

    /** Whether it is worth compressing at all. */
    boolean isWorthGzip() {
        return length >= LEAST_GZIPPED && length <= LARGEST_GZIPPED;
    }

    private InputStream compress() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream((int) length / 3);
        try (InputStream in = opener.open();
                OutputStream out = new GZIPOutputStream(compressed)) {
            in.transferTo(out);
        }
        return new ByteArrayInputStream(compressed.toByteArray());
    }

    /** The SHA-256 of the content, in URL-safe Base64. */
    String hash() {
        return hash;
    }

    @Override
    public Content.Source newContentSource(ByteBufferPool.Sized pool, long offset, long count) {
        long end = TypeUtil.checkOffsetLengthSize(offset, count, length);
        try {
            if (length <= kept) {
                return Content.Source.from(
                        ByteBuffer.wrap(content(), (int) offset, (int) end).slice());
            }
            return Content.Source.from(pool, newInputStream(), offset, end);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + " out of its bundle", e);
        }
    }

    /** The content where it is in memory; null otherwise. */
    byte[] inMemory() {
        return bytes.get();
    }

    private byte[] content() throws IOException {
        byte[] content = bytes.get();
        if (content == null) {
            try (InputStream in = newInputStream()) {
                content = in.readAllBytes();
            }
            bytes = new SoftReference<>(content);
        }
        return content;
    }

    @Override
    public InputStream newInputStream() throws IOException {
        return opener.open();
    }

    @Override
    public Instant lastModified() {
        return modified;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public boolean isReadable() {
        return true;
    }

    @Override
    public boolean isDirectory() {
        return false;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getFileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    @Override
    public URI getURI() {
        return URI.create(url.toExternalForm());
    }

    @Override
    public Path getPath() {
        return null;
    }

    @Override
    public Resource resolve(String subUriPath) {
        return null;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256: use another", e);
        }
    }

    /** Opens the content anew each time. */
    private interface Opener {
        InputStream open() throws IOException;
    }
}
