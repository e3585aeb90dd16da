package platform.core.shell;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Where a session reads and writes. */
record SessionStreams(InputStream in, OutputStream out, OutputStream err) {

    /** The same streams for Gogo, which closes what it is given when a command is interrupted. */
    SessionStreams kept() {
        return new SessionStreams(new OpenInput(in), new OpenOutput(out), new OpenOutput(err));
    }

    /** Stays open when it is closed. */
    private static final class OpenInput extends FilterInputStream {

        OpenInput(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // The connection closes it.
        }
    }

    /** Stays open when it is closed. Sends each line at once: Gogo's channels do not pass a flush on. */
    private static final class OpenOutput extends FilterOutputStream {

        OpenOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            out.flush();
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
