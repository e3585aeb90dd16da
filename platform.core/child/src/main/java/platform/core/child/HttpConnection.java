package platform.core.child;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the webserver of a process: HTTP/1.1 (RFC 9112) as far as two sides need it that know each other. One request
 * at a time.
 */
final class HttpConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
    private static final int BUFFER = 16 * 1024;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final LocalSocket socket;
    private final InputStream input;
    private final OutputStream output;
    private long idleSince;

    HttpConnection(LocalSocket socket) {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.input(), BUFFER);
        this.output = socket.output();
    }

    void rest() {
        idleSince = System.nanoTime();
    }

    boolean isIdleFor(long nanos) {
        return System.nanoTime() - idleSince > nanos;
    }

    /** Sends the head of a request, with the empty line at its end. */
    void sendHead(String head) throws IOException {
        output.write(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a body whose length the head has told. */
    void sendBody(InputStream body) throws IOException {
        body.transferTo(output);
    }

    /** Sends a body in chunks. */
    void sendChunks(byte[] first, int firstLength, InputStream rest) throws IOException {
        byte[] buffer = first;
        for (int length = firstLength; length >= 0; length = rest.read(buffer)) {
            if (length > 0) {
                chunk(buffer, length);
            }
        }
        output.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private void chunk(byte[] bytes, int length) throws IOException {
        byte[] size = Integer.toHexString(length).getBytes(StandardCharsets.US_ASCII);
        socket.write(ByteBuffer.allocate(size.length + length + 4)
                .put(size)
                .put(LINE_END)
                .put(bytes, 0, length)
                .put(LINE_END)
                .flip());
    }

    /** A line of the head of the answer, or of its chunks. */
    String readLine() throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new ConnectionEndedException();
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("The process sent a line of more than " + LONGEST_LINE + " characters");
            }
            line.append((char) next);
        }
        int end = line.length() - 1;
        if (end >= 0 && line.charAt(end) == '\r') {
            line.setLength(end);
        }
        return line.toString();
    }

    /** Passes on a body of this length; what is there already goes on its way before more is waited for. */
    void readBody(long length, OutputStream to) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
        long left = length;
        while (left > 0) {
            int read = input.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new ConnectionEndedException();
            }
            to.write(buffer, 0, read);
            left -= read;
            if (left > 0 && input.available() == 0) {
                to.flush();
            }
        }
    }

    /** Passes on a body in chunks, its trailers dropped. */
    void readChunks(OutputStream to) throws IOException {
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            readBody(size, to);
            readLine();
            if (input.available() == 0) {
                to.flush();
            }
        }
        while (!readLine().isEmpty()) {
            continue;
        }
    }

    private long chunkSize() throws IOException {
        String line = readLine();
        int end = line.indexOf(';');
        try {
            return Long.parseLong((end < 0 ? line : line.substring(0, end)).strip(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("The process sent no size of a chunk: " + line, e);
        }
    }

    /** Passes on all until the connection ends. */
    void readToEnd(OutputStream to) throws IOException {
        input.transferTo(to);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A connection to a process does not close", e);
        }
    }
}
