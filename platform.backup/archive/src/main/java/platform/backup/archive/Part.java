package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import platform.backup.api.BackupPart;

/** A part as it goes by. */
final class Part {

    private final String name;
    private final MessageDigest digest;
    private long bytes;

    Part(String name) {
        this.name = name;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static BackupPart of(String name, byte[] content) {
        Part part = new Part(name);
        part.add(content, 0, content.length);
        return part.done();
    }

    void add(byte[] content, int offset, int length) {
        digest.update(content, offset, length);
        bytes += length;
    }

    /** The stream; what goes through it is of the part. */
    InputStream of(InputStream in) {
        return new DigestInputStream(in, digest) {
            @Override
            public int read(byte[] content, int offset, int length) throws IOException {
                int read = super.read(content, offset, length);
                bytes += Math.max(read, 0);
                return read;
            }
        };
    }

    /** As that which is read, of what is written. */
    OutputStream of(OutputStream out) {
        return new DigestOutputStream(out, digest) {
            @Override
            public void write(byte[] content, int offset, int length) throws IOException {
                super.write(content, offset, length);
                bytes += length;
            }
        };
    }

    BackupPart done() {
        return new BackupPart(name, bytes, HexFormat.of().formatHex(digest.digest()));
    }
}
