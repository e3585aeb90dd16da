package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a file of a target; cut off, it goes on from where it was. Each byte that arrives lets the patience begin anew. */
final class ResumingInput extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(ResumingInput.class);

    private final Target target;
    private final String name;
    private final Retry retry;
    private InputStream current;
    private long position;
    private int attempt;

    ResumingInput(Target target, String name, long offset, Retry retry) throws IOException {
        this.target = target;
        this.name = name;
        this.position = offset;
        this.retry = retry;
        this.current = retry.call(what(), () -> target.read(name, offset));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (true) {
            try {
                return advance(open().read(bytes, offset, length));
            } catch (IOException e) {
                attempt++;
                close();
                retry.rest(what(), attempt, e);
            }
        }
    }

    private InputStream open() throws IOException {
        if (current == null) {
            current = target.read(name, position);
        }
        return current;
    }

    private int advance(int count) {
        if (count > 0) {
            position += count;
            attempt = 0;
        }
        return count;
    }

    private String what() {
        return "Reading " + name + " of " + target.describe() + " from byte " + position;
    }

    @Override
    public void close() {
        InputStream former = current;
        current = null;
        if (former != null) {
            closeQuietly(former);
        }
    }

    private void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // What was read is read, and the connection is gone either way.
            LOG.debug("{} ended with {}", what(), e.toString());
        }
    }
}
