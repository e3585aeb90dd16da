package platform.webserver.jetty;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.eclipse.jetty.util.compression.CompressionPool;
import org.eclipse.jetty.util.compression.DeflaterPool;
import org.eclipse.jetty.util.compression.InflaterPool;

/**
 * The deflaters and inflaters of all sockets. Each has hundreds of kilobytes outside the heap, so a socket borrows one for a
 * message and never keeps it: a handful serves all.
 */
final class Compression extends ContainerLifeCycle {

    /** What an inflater holds, roughly: its window and its tables. */
    static final int INFLATER_BYTES = 48 * 1024;

    /** What ends each flushed block, and is left away on the wire (RFC 7692 7.2.1). */
    private static final int TAIL_BYTES = 4;

    private static final int POOLED = 4 * Runtime.getRuntime().availableProcessors();

    private final DeflaterPool deflaters = new DeflaterPool(POOLED, Deflater.DEFAULT_COMPRESSION, true);
    private final InflaterPool inflaters = new InflaterPool(POOLED, true);
    private final int least;

    /** @param least messages with fewer bytes are not compressed */
    Compression(int least) {
        this.least = least;
        installBean(deflaters);
        installBean(inflaters);
    }

    /** @return the compressed message; null when it is not worth it */
    ByteBuffer compress(ByteBuffer message) {
        int length = message.remaining();
        if (length < least) {
            return null;
        }
        CompressionPool<Deflater>.Entry entry = deflaters.acquire();
        try {
            byte[] out = new byte[length + TAIL_BYTES - 1];
            Deflater deflater = entry.get();
            deflater.setInput(message.duplicate());
            int written = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return written < out.length ? ByteBuffer.wrap(out, 0, written - TAIL_BYTES) : null;
        } finally {
            entry.release();
        }
    }

    MessageInflater inflater() {
        return new MessageInflater(inflaters.acquire());
    }

    /** How many are borrowed now. */
    int borrowed() {
        return deflaters.getPool().getInUseCount() + inflaters.getPool().getInUseCount();
    }
}
