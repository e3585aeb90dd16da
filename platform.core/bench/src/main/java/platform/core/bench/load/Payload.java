package platform.core.bench.load;

import java.nio.ByteBuffer;

/**
 * A message of a given length that says who sent it and the how manieth it is, so that an answer to another socket or an
 * older message is noticed. The rest are letters that repeat: text, and compressible.
 */
final class Payload {

    /** The length of the head. */
    static final int LEAST = 16;

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private final byte[] bytes;
    private final ByteBuffer buffer;

    Payload(int length) {
        if (length < LEAST || length > 1 << 16) {
            throw new IllegalArgumentException("A message has from " + LEAST + " to 65536 bytes, not " + length + ".");
        }
        bytes = new byte[length];
        for (int i = LEAST; i < length; i++) {
            bytes[i] = (byte) ('a' + i % 26);
        }
        buffer = ByteBuffer.wrap(bytes);
    }

    /** The message; it is good until the next call. */
    ByteBuffer of(int socket, int sequence) {
        putHex(0, socket);
        putHex(LEAST / 2, sequence);
        return buffer.clear();
    }

    boolean matches(ByteBuffer received, int socket, int sequence) {
        return of(socket, sequence).mismatch(received) < 0;
    }

    private void putHex(int at, int number) {
        for (int i = 0; i < LEAST / 2; i++) {
            bytes[at + i] = DIGITS[number >>> 28 - 4 * i & 0xF];
        }
    }
}
