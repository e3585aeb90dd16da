package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The payloads of permessage-deflate (RFC 7692 7.2), each message on its own. */
final class RawDeflate {

    /** What each compressed message would end with, and does not. */
    private static final byte[] TAIL = RawFrame.hex("00 00 ff ff");

    private RawDeflate() {}

    static byte[] deflate(byte[] message) {
        return deflate(message, Deflater.DEFAULT_COMPRESSION, Deflater.DEFAULT_STRATEGY);
    }

    static byte[] deflate(byte[] message, int level, int strategy) {
        byte[] flushed = deflateInBlocks(message, message.length, level, strategy);
        return Arrays.copyOf(flushed, flushed.length - TAIL.length);
    }

    /** At least a block for so many bytes each, and an empty one after each of them. */
    static byte[] deflateInBlocks(byte[] message, int size) {
        byte[] flushed = deflateInBlocks(message, size, Deflater.DEFAULT_COMPRESSION, Deflater.DEFAULT_STRATEGY);
        return Arrays.copyOf(flushed, flushed.length - TAIL.length);
    }

    private static byte[] deflateInBlocks(byte[] message, int size, int level, int strategy) {
        Deflater deflater = new Deflater(level, true);
        deflater.setStrategy(strategy);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        do {
            int count = Math.min(size, message.length - from);
            deflater.setInput(message, from, count);
            drain(deflater, Deflater.SYNC_FLUSH, out);
            from += count;
        } while (from < message.length);
        deflater.end();
        assertThat(out.toByteArray()).endsWith(TAIL);
        return out.toByteArray();
    }

    /** The last block says that it is the last one; an empty one follows, as RFC 7692 7.2.3.4 wants it. */
    static byte[] deflateWithFinalBlock(byte[] message) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(message);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        drain(deflater, Deflater.NO_FLUSH, out);
        deflater.end();
        out.write(0);
        return out.toByteArray();
    }

    /** The first call may do no more than take the strategy. */
    private static void drain(Deflater deflater, int flush, ByteArrayOutputStream out) {
        byte[] buffer = new byte[65_536];
        int count;
        do {
            count = deflater.deflate(buffer, 0, buffer.length, flush);
            out.write(buffer, 0, count);
        } while (count > 0 || !deflater.needsInput());
    }

    /** Inflates with nothing kept from an earlier message. */
    static byte[] inflate(byte[] payload) {
        Inflater inflater = new Inflater(true);
        inflater.setInput(RawFrame.concat(payload, TAIL));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[65_536];
        try {
            for (int count = inflater.inflate(buffer); count > 0; count = inflater.inflate(buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (DataFormatException e) {
            throw new AssertionError("What the server has sent is not deflated, or refers to an earlier message", e);
        } finally {
            inflater.end();
        }
        return out.toByteArray();
    }
}
