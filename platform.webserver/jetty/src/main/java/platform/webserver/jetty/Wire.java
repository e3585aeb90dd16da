package platform.webserver.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;

/**
 * What carries a socket's bytes. It gives what arrives to {@link Socket#received}, and goes on reading when that returns true
 * or {@link #readOn} is called; it says {@link Socket#ended} when the peer has no more, and {@link Socket#gone} once, at last.
 */
interface Wire {

    /**
     * Writes what can be written at once; only while no {@link #write(ByteBuffer, Callback)} is under way.
     *
     * @return false when the rest, which may be empty, is to be given to {@link #write(ByteBuffer, Callback)}
     */
    boolean write(ByteBuffer bytes) throws IOException;

    /** Writes all; one at a time. */
    void write(ByteBuffer bytes, Callback callback);

    /** Asks for more to read, after {@link Socket#received} had enough. */
    void readOn();

    /** Nothing more will be written: the peer sees the end. */
    void endOutput();

    /** Ends it at once. */
    void cut();
}
