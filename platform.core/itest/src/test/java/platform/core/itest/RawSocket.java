package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A WebSocket client without a library: exact bytes go out, frames come in. It reads for ten seconds and no longer. */
final class RawSocket implements AutoCloseable {

    private static final int BOUND = 10_000;

    private final Socket socket;
    private final DataInputStream in;

    RawSocket(URI server) {
        this(connected(server));
    }

    /** On what is connected already. */
    RawSocket(Socket connected) {
        socket = connected;
        try {
            in = new DataInputStream(new BufferedInputStream(connected.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException("Nothing can be read from " + connected, e);
        }
    }

    private static Socket connected(URI server) {
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(BOUND);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), BOUND);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot connect to " + server, e);
        }
    }

    /** In one write, and so in one segment if they are few. */
    RawSocket send(RawFrame... frames) {
        return send(Arrays.stream(frames).map(RawFrame::bytes).toArray(byte[][]::new));
    }

    RawSocket send(byte[]... parts) {
        return sendInChops(Integer.MAX_VALUE, parts);
    }

    /** Each chop is a write of its own. */
    RawSocket sendInChops(int size, byte[]... parts) {
        byte[] all = RawFrame.concat(parts);
        try {
            for (int from = 0; from < all.length; from += Math.min(size, all.length)) {
                socket.getOutputStream().write(all, from, Math.min(size, all.length - from));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The server does not take " + all.length + " bytes", e);
        }
        return this;
    }

    /** Sends nothing more: half of the connection is closed, without a close frame. */
    RawSocket endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException("The connection is no longer there", e);
        }
        return this;
    }

    /** Cuts the connection so that the server gets a reset. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The connection is no longer there", e);
        }
    }

    RawAnswer answer() {
        try {
            return RawAnswer.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to the handshake", e);
        }
    }

    /** The next frame, which must be as only a server sends it: not masked, its length in the shortest form. */
    RawFrame receive() {
        try {
            return read(in.readUnsignedByte());
        } catch (EOFException e) {
            throw new AssertionError("The connection ended where a frame should be", e);
        } catch (IOException e) {
            throw new UncheckedIOException("No frame came", e);
        }
    }

    private RawFrame read(int first) throws IOException {
        int second = in.readUnsignedByte();
        assertThat(second & 0x80).as("A server's frame is not masked").isZero();
        long length = second;
        int form = 7;
        if (second == 126) {
            length = in.readUnsignedShort();
            form = 16;
        } else if (second == 127) {
            length = in.readLong();
            form = 64;
        }
        assertThat(form).as("Bits for the length %d", length).isEqualTo(RawFrame.minimalForm(length));
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new RawFrame(first, payload);
    }

    RawSocket mustReceive(RawFrame... expected) {
        for (RawFrame frame : expected) {
            RawFrame received = receive();
            assertThat(received.first())
                    .as("The first byte of %s instead of %s", received, frame)
                    .isEqualTo(frame.first());
            assertThat(received.payload())
                    .as("The payload of %s instead of %s", received, frame)
                    .isEqualTo(frame.payload());
        }
        return this;
    }

    /** Sends a message, which must come back. */
    RawSocket mustEcho(RawFrame message) {
        return send(message).mustReceive(message);
    }

    /** The next frame must be a close with the code, and the end of the connection must follow it. */
    void mustClose(int code) {
        RawFrame close = receive();
        assertThat(close.first())
                .as("The first byte of %s instead of a close", close)
                .isEqualTo(RawFrame.FIN | RawFrame.CLOSE);
        assertThat(close.code()).as("The code of %s", close).isEqualTo(code);
        assertThat(close.payload().length).as("The payload of %s", close).isLessThanOrEqualTo(125);
        mustEnd();
    }

    /** The server has closed the connection in order and has sent nothing more. */
    void mustEnd() {
        try {
            assertThat(in.read()).as("The end of the connection").isEqualTo(-1);
        } catch (IOException e) {
            throw new UncheckedIOException("The connection did not end in order", e);
        }
    }

    /** All frames until the server closes the connection. */
    List<RawFrame> rest() {
        List<RawFrame> frames = new ArrayList<>();
        try {
            for (int first = in.read(); first >= 0; first = in.read()) {
                frames.add(read(first));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The connection did not end in order after " + frames, e);
        }
        return frames;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The connection cannot be closed", e);
        }
    }
}
