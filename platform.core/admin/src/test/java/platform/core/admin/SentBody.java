package platform.core.admin;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

/** The body of a request: so many bytes, of which it counts what is still to be read. */
final class SentBody extends ServletInputStream {

    long left;

    SentBody(long bytes) {
        left = bytes;
    }

    @Override
    public int read() {
        return left-- > 0 ? 'x' : -1;
    }

    @Override
    public boolean isFinished() {
        return left <= 0;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException("Blocking only");
    }
}
