package platform.core.itest;

import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * A case of a conformance test.
 *
 * @param sentence what it shows
 * @param steps what shows it, on a socket that was opened for it
 */
record SocketCase(String sentence, Consumer<RawSocket> steps) {

    /** The server must close with the code, and at once, when these bytes have arrived. */
    static SocketCase fails(String sentence, int code, byte[]... sent) {
        return new SocketCase(sentence, socket -> socket.send(sent).mustClose(code));
    }

    /** The server must send the message back. */
    static SocketCase echoes(String sentence, RawFrame message) {
        return new SocketCase(sentence, socket -> socket.mustEcho(message));
    }

    void on(RawSocket opened) {
        try (RawSocket socket = opened) {
            steps.accept(socket);
        } catch (AssertionError | UncheckedIOException e) {
            throw new AssertionError("Not so: " + sentence + ". " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return sentence;
    }
}
