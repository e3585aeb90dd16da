package platform.backup.archive;

import java.io.IOException;

/** An upload on top of another. */
abstract class ForwardingUpload extends Upload {

    private final Upload inner;

    ForwardingUpload(Upload inner) {
        this.inner = inner;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        inner.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        inner.flush();
    }

    @Override
    void complete() throws IOException {
        inner.complete();
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
