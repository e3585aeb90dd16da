package app.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Receives a file: into memory what fits into one chunk, and the rest chunk by chunk into the database, where nobody sees
 * it before it is finished. No connection is held while the client is awaited.
 */
final class Upload implements AutoCloseable {

    static final int CHUNK = 256 * 1024;

    private static final long NONE = -1;

    private final Site site;
    private final Quota.Claim claim;
    private final MessageDigest digest = sha256();
    private long content = NONE;
    private long size;
    private byte[] whole = {};
    private byte[] sha256 = {};

    Upload(Site site, Quota.Claim claim) {
        this.site = site;
        this.claim = claim;
    }

    /**
     * Reads the body to its end.
     *
     * @param expected its length; negative when unknown
     * @throws DavException 507 when it does not fit
     * @throws IOException when it ends early
     */
    void receive(InputStream body, long expected) throws IOException, SQLException {
        byte[] buffer = new byte[expected < 0 ? CHUNK : (int) Math.min(CHUNK, expected)];
        int length = buffer.length;
        while (length == buffer.length && size != expected) {
            length = body.readNBytes(buffer, 0, buffer.length);
            digest.update(buffer, 0, length);
            take(length == buffer.length ? buffer : Arrays.copyOf(buffer, length), expected);
        }
        if (expected >= 0 && size != expected) {
            throw new EOFException("The body ended after " + size + " of " + expected + " bytes");
        }
        sha256 = digest.digest();
    }

    long size() {
        return size;
    }

    /** Makes the content whole, within the transaction that shows it; may be called again when that is repeated. */
    Content finish(Tx tx) throws SQLException {
        if (content == NONE) {
            return Content.of(tx.contents.add(whole, sha256), size, sha256);
        }
        tx.contents.finish(content, size, sha256);
        return Content.of(content, size, sha256);
    }

    /** Gives up what is not finished. */
    @Override
    public void close() throws SQLException {
        if (content != NONE) {
            site.uploads().end(content);
            site.sweeper().request();
        }
    }

    private void take(byte[] bytes, long expected) throws SQLException {
        if (bytes.length == 0) {
            return;
        }
        long start = size;
        size += bytes.length;
        claim.grow(Math.max(size, expected));
        boolean isWhole = start == 0 && (bytes.length < CHUNK || size == expected);
        if (isWhole) {
            whole = bytes;
        } else {
            keep(start, bytes);
        }
    }

    private void keep(long start, byte[] bytes) throws SQLException {
        if (content == NONE) {
            content = site.uploads().begin();
        }
        site.store().run(tx -> {
            tx.contents.append(content, start, bytes);
            return true;
        });
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
