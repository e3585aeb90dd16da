package platform.core.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of one connection, with TLS or without. */
interface Transport {

    /** Begins once the connection is made. */
    void begin() throws IOException;

    /** Whether the bytes of the peer's application can flow. */
    boolean isReady();

    /** Reads what is there; fewer than 0 means the end. */
    int read(ByteBuffer to) throws IOException;

    /** Takes all of it; what the network does not take now leaves with {@link #flush}. */
    void write(ByteBuffer from) throws IOException;

    void flush() throws IOException;
}
