package platform.core.itest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/** A stream of HTTP/2 that is used as if it were a connection: RFC 8441 5 wants just that. */
final class Http2Socket extends Socket {

    private static final int BOUND_SECONDS = 10;
    private static final byte[] END = {};
    private static final byte[] RESET = {};

    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<MetaData.Response> response = new CompletableFuture<>();
    private final Stream stream;

    Http2Socket(Session session, HeadersFrame request) {
        stream = Http2Connection.within(session.newStream(request, new Receiver()));
    }

    MetaData.Response response() {
        return Http2Connection.within(response);
    }

    /** Ends the stream as a broken connection does (RFC 8441 5). */
    void reset() {
        Http2Connection.within(stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code)));
    }

    @Override
    public InputStream getInputStream() {
        return new Input();
    }

    @Override
    public OutputStream getOutputStream() {
        return new Output();
    }

    @Override
    public void shutdownOutput() {
        send(ByteBuffer.allocate(0), true);
    }

    @Override
    public void close() {
        if (!stream.isClosed()) {
            reset();
        }
    }

    private void send(ByteBuffer bytes, boolean last) {
        Http2Connection.within(stream.data(new DataFrame(stream.getId(), bytes, last)));
    }

    private final class Output extends OutputStream {

        @Override
        public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            send(ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset, offset + length)), false);
        }
    }

    private final class Input extends InputStream {

        private ByteBuffer current = ByteBuffer.allocate(0);
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            while (!current.hasRemaining() && !ended) {
                next();
            }
            if (ended) {
                return -1;
            }
            int count = Math.min(length, current.remaining());
            current.get(into, offset, count);
            return count;
        }

        private void next() throws IOException {
            byte[] bytes = poll();
            if (bytes == null) {
                throw new IOException("Nothing came on stream " + stream.getId());
            }
            if (bytes == RESET) {
                throw new IOException("Stream " + stream.getId() + " was reset");
            }
            ended = bytes == END;
            current = ByteBuffer.wrap(bytes);
        }

        private byte[] poll() throws IOException {
            try {
                return received.poll(BOUND_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while waiting for stream " + stream.getId(), e);
            }
        }
    }

    private final class Receiver implements Stream.Listener {

        @Override
        public void onHeaders(Stream from, HeadersFrame frame) {
            response.complete((MetaData.Response) frame.getMetaData());
            if (frame.isEndStream()) {
                received.add(END);
            } else {
                from.demand();
            }
        }

        @Override
        public void onDataAvailable(Stream from) {
            Stream.Data data = from.readData();
            if (data == null) {
                from.demand();
                return;
            }
            byte[] bytes = new byte[data.frame().getByteBuffer().remaining()];
            data.frame().getByteBuffer().get(bytes);
            received.add(bytes);
            data.release();
            if (data.frame().isEndStream()) {
                received.add(END);
            } else {
                from.demand();
            }
        }

        @Override
        public void onReset(Stream from, ResetFrame frame, Callback callback) {
            received.add(RESET);
            callback.succeeded();
        }

        @Override
        public void onFailure(Stream from, int error, String reason, Throwable failure, Callback callback) {
            received.add(RESET);
            callback.succeeded();
        }
    }
}
