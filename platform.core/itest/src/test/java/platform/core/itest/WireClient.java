package platform.core.itest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;

/** A WebSocket client that does what it is told: any frame, half a frame, no reading, an abrupt end. */
final class WireClient implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;
    static final int COMPRESSED = 0x40;

    static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate";

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final int KEY = 0x37fa213d;

    private final URI uri;
    private final Socket socket;
    private final DataInputStream in;

    /**
     * A frame that has arrived.
     *
     * @param first FIN, the reserved bits and the opcode
     */
    record Frame(int first, byte[] payload) {

        boolean is(int opcode) {
            return (first & 0x0f) == opcode;
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Of a close frame. */
        int code() {
            return ByteBuffer.wrap(payload).getShort() & 0xffff;
        }
    }

    private WireClient(URI uri, Socket socket) throws IOException {
        this.uri = uri;
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Connects, and does not ask for a WebSocket yet. */
    static WireClient connect(URI uri) {
        return connect(uri, 0);
    }

    /** @param receiveBuffer the bytes that the kernel may keep for it; 0 for the usual ones */
    static WireClient connect(URI uri, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) BOUND.toMillis());
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), (int) BOUND.toMillis());
            return new WireClient(uri, "wss".equals(uri.getScheme()) ? encrypted(uri, socket) : socket);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot connect to " + uri, e);
        }
    }

    private static Socket encrypted(URI uri, Socket socket) throws IOException {
        SSLSocket encrypted = (SSLSocket) ProductHttp.CLIENT
                .sslContext()
                .getSocketFactory()
                .createSocket(socket, uri.getHost(), uri.getPort(), true);
        encrypted.startHandshake();
        return encrypted;
    }

    /** Connects and opens a WebSocket. */
    static WireClient open(URI uri, String... headers) {
        return connect(uri).opened(headers);
    }

    WireClient opened(String... headers) {
        String answer = upgrade(headers);
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError(uri + " opens no WebSocket: " + answer);
        }
        return this;
    }

    /** Asks for a WebSocket. @return the status line and the headers of the answer */
    String upgrade(String... headers) {
        request(headers);
        return answer();
    }

    void request(String... headers) {
        String target = uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        write(("GET " + target + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + more + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    String answer() {
        StringBuilder answer = new StringBuilder();
        try {
            while (answer.indexOf("\r\n\r\n") < 0) {
                answer.append((char) in.readUnsignedByte());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(uri + " gives half an answer: " + answer, e);
        }
        return answer.toString();
    }

    // ----------------------------------------------------------------------------------------------------- sending

    /** A frame, masked. */
    static byte[] frame(int first, byte[] payload) {
        byte[] header = header(first, payload.length, KEY);
        byte[] frame = Arrays.copyOf(header, header.length + payload.length);
        for (int i = 0; i < payload.length; i++) {
            frame[header.length + i] = (byte) (payload[i] ^ KEY >>> 24 - 8 * (i % 4));
        }
        return frame;
    }

    /** Only the header of a frame. With a key of 0 the payload may be written as it is. */
    static byte[] header(int first, long length, int key) {
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) first);
        if (length < 126) {
            header.put((byte) (0x80 | length));
        } else if (length <= 0xffff) {
            header.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            header.put((byte) (0x80 | 127)).putLong(length);
        }
        return Arrays.copyOf(header.array(), header.putInt(key).position());
    }

    /** The same frame, so many times. */
    static byte[] repeated(byte[] frame, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(frame.length * times);
        for (int i = 0; i < times; i++) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    WireClient write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(uri + " takes no more", e);
        }
    }

    WireClient send(int first, byte[] payload) {
        return write(frame(first, payload));
    }

    WireClient text(String message) {
        return send(FIN | TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    // --------------------------------------------------------------------------------------------------- receiving

    Frame read() {
        try {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            long length = second == 126 ? in.readUnsignedShort() : second == 127 ? in.readLong() : second;
            byte[] payload = in.readNBytes((int) length);
            if (payload.length < length) {
                throw new EOFException("Half a frame");
            }
            return new Frame(first, payload);
        } catch (IOException e) {
            throw new UncheckedIOException("No frame from " + uri, e);
        }
    }

    /** The next message, which must be one of text in one frame. */
    String readText() {
        Frame frame = read();
        if (frame.first() != (FIN | TEXT)) {
            throw new AssertionError("No text but " + Integer.toHexString(frame.first()) + ": " + frame.text());
        }
        return frame.text();
    }

    /** The close frame that comes next, or after what nobody wants to know. */
    Frame readClose() {
        Frame frame = read();
        while (!frame.is(CLOSE)) {
            frame = read();
        }
        return frame;
    }

    /** Whether nothing has arrived that was not read. */
    boolean isSilent() {
        try {
            return in.available() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look at the connection", e);
        }
    }

    /** Whether the server ends the connection in order and without another byte. */
    boolean isEnded() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            throw new UncheckedIOException("The connection of " + uri + " is not ended in order", e);
        }
    }

    // ------------------------------------------------------------------------------------------------------ ending

    /** The closing handshake, from its beginning to the end of the connection. */
    void closeInOrder() {
        send(FIN | CLOSE, new byte[] {0x03, (byte) 0xe8});
        readClose();
        if (!isEnded()) {
            throw new AssertionError(uri + " says something after its close frame");
        }
        close();
    }

    /** Sends no more, and reads on. */
    void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot end the output", e);
        }
    }

    /** Ends the connection by a TCP reset. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot reset the connection", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the connection", e);
        }
    }
}
