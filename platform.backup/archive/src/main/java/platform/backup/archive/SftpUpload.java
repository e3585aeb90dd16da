package platform.backup.archive;

import java.io.IOException;
import java.io.OutputStream;

/** A file on its way to an SSH server, under a name of its own until it is whole. */
final class SftpUpload extends Upload {

    private final SftpTarget target;
    private final String sentAs;
    private final String name;
    private final OutputStream out;
    private long bytes;
    private boolean sent;
    private boolean over;

    SftpUpload(SftpTarget target, String sentAs, String name, OutputStream out) {
        this.target = target;
        this.sentAs = sentAs;
        this.name = name;
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        target.explained("write", name, () -> {
            out.write(from, offset, length);
            return length;
        });
        bytes += length;
    }

    @Override
    void complete() throws IOException {
        if (!sent) {
            finishSending();
        }
        target.publish(sentAs, name, bytes);
        over = true;
    }

    private void finishSending() throws IOException {
        try {
            target.explained("write", name, () -> {
                out.close();
                return name;
            });
        } catch (TargetException e) {
            // What was sent is gone: only the caller can send it again.
            throw TargetException.lasting(e.getMessage(), e);
        }
        sent = true;
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        Abandoned.clear(sentAs, out::close);
        Abandoned.clear(sentAs, () -> target.delete(sentAs));
    }
}
