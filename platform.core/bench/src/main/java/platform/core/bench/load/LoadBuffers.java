package platform.core.bench.load;

import java.nio.ByteBuffer;

/** The buffers of the loop's thread, which all its sockets use in turn. */
final class LoadBuffers {

    /** A message that is not complete is copied into it again, so this bounds a message. */
    private static final int IN = 1 << 20;

    private static final int OUT = 1 << 20;
    private static final int ENCRYPTED_IN = 1 << 16;

    /** More than the longest TLS record. */
    private static final int ENCRYPTED_OUT = 1 << 15;

    private final ByteBuffer in = ByteBuffer.allocateDirect(IN);
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT);
    private final ByteBuffer encryptedIn = ByteBuffer.allocateDirect(ENCRYPTED_IN);
    private final ByteBuffer encryptedOut = ByteBuffer.allocateDirect(ENCRYPTED_OUT);

    ByteBuffer in() {
        return in;
    }

    ByteBuffer out() {
        return out;
    }

    ByteBuffer encryptedIn() {
        return encryptedIn;
    }

    ByteBuffer encryptedOut() {
        return encryptedOut;
    }
}
