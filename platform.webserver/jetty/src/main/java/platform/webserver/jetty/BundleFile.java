package platform.webserver.jetty;

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
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.TypeUtil;
import org.eclipse.jetty.util.resource.Resource;

/**
 * A file in a bundle. It is read once to learn its length and hash; a small one stays in memory as long as there is
 * plenty, a large one is streamed out of the jar each time.
 */
final class BundleFile extends Resource implements Content.Source.Factory {

    private static final int SMALL = 64 * 1024;

    private final URL url;
    private final Instant modified;
    private final String name;
    private final long length;
    private final String hash;
    private volatile SoftReference<byte[]> bytes = new SoftReference<>(null);

    /** @throws IOException when there is no such file */
    BundleFile(URL url, String name, Instant modified) throws IOException {
        this.url = url;
        this.name = name;
        this.modified = modified;
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(newInputStream(), digest)) {
            byte[] head = in.readNBytes(SMALL + 1);
            this.length = head.length + in.transferTo(OutputStream.nullOutputStream());
            if (length <= SMALL) {
                bytes = new SoftReference<>(head);
            }
        }
        this.hash = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }

    /** The SHA-256 of the content, in URL-safe Base64. */
    String hash() {
        return hash;
    }

    @Override
    public Content.Source newContentSource(ByteBufferPool.Sized pool, long offset, long count) {
        long end = TypeUtil.checkOffsetLengthSize(offset, count, length);
        try {
            if (length <= SMALL) {
                return Content.Source.from(
                        ByteBuffer.wrap(content(), (int) offset, (int) end).slice());
            }
            return Content.Source.from(pool, newInputStream(), offset, end);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + " out of its bundle", e);
        }
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
        return url.openStream();
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
}
