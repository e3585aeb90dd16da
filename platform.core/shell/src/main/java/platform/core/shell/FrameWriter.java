package platform.core.shell;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.shell.ShellProtocol.Frame;

/**
 * Puts frames onto a channel, from any thread, through a short queue and one thread that writes. A command that is
 * interrupted while it prints must not be the one that holds the channel: the interrupt would close it.
 */
final class FrameWriter implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(FrameWriter.class);
    private static final int CHUNK = 8192;

    private final BlockingQueue<Frame> queue = new ArrayBlockingQueue<>(32);
    private final WritableByteChannel channel;
    private volatile boolean over;

    FrameWriter(WritableByteChannel channel) {
        this.channel = channel;
    }

    /** Writes until the EXIT frame has been written or the other side has hung up. */
    @Override
    public void run() {
        try {
            Frame frame;
            do {
                frame = queue.take();
                write(frame);
            } while (frame.type() != ShellProtocol.EXIT);
        } catch (IOException e) {
            log.debug("A shell client has hung up: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over = true;
            queue.clear();
        }
    }

    private void write(Frame frame) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(5 + frame.payload().length);
        bytes.put(frame.type()).putInt(frame.payload().length).put(frame.payload());
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Waits while the queue is full: a client that does not read slows the command down. */
    void send(byte type, byte... payload) throws IOException {
        try {
            do {
                failIfOver();
            } while (!queue.offer(new Frame(type, payload), 1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while writing to the shell's client.");
        }
    }

    void sendExit(int status) throws IOException {
        send(ShellProtocol.EXIT, ByteBuffer.allocate(4).putInt(status).array());
    }

    private void failIfOver() throws IOException {
        if (over) {
            throw new IOException("The shell's client has hung up.");
        }
    }

    /** Bytes that become frames of this type. Closing it only flushes: the channel is not the command's to close. */
    OutputStream stream(byte type) {
        return new ChunkStream(type);
    }

    /** Gathers bytes until a flush or until the chunk is full. */
    private final class ChunkStream extends OutputStream {

        private final byte type;
        private final byte[] chunk = new byte[CHUNK];
        private int length;

        ChunkStream(byte type) {
            this.type = type;
        }

        @Override
        public synchronized void write(int b) throws IOException {
            chunk[length++] = (byte) b;
            if (length == CHUNK) {
                flush();
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
            int done = 0;
            while (done < count) {
                int part = Math.min(count - done, CHUNK - length);
                System.arraycopy(bytes, offset + done, chunk, length, part);
                length += part;
                done += part;
                if (length == CHUNK) {
                    flush();
                }
            }
        }

        @Override
        public synchronized void flush() throws IOException {
            if (length > 0) {
                byte[] payload = Arrays.copyOf(chunk, length);
                length = 0;
                send(type, payload);
            }
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
