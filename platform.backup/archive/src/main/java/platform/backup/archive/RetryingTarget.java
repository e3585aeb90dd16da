package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A target whose short failures nobody notices: what can be repeated is repeated, and a read that was cut goes on where it was.
 * An upload that was cut is not repeated here, since what was written is gone; its caller begins it anew.
 */
final class RetryingTarget implements Target {

    private final Target inner;
    private final Retry retry;

    RetryingTarget(Target inner, Retry retry) {
        this.inner = inner;
        this.retry = retry;
    }

    @Override
    public List<Kept> list(String prefix) throws IOException {
        return retry.call("Listing " + describe(), () -> inner.list(prefix));
    }

    @Override
    public Upload begin(String name) throws IOException {
        Upload upload = retry.call("Writing " + name + " to " + describe(), () -> inner.begin(name));
        return new ForwardingUpload(upload) {
            @Override
            void complete() throws IOException {
                retry.call("Completing " + name + " on " + describe(), () -> {
                    super.complete();
                    return name;
                });
            }
        };
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
        return new ResumingInput(inner, name, offset, retry);
    }

    @Override
    public void delete(String name) throws IOException {
        retry.call("Deleting " + name + " on " + describe(), () -> {
            inner.delete(name);
            return name;
        });
    }

    @Override
    public Optional<Path> folder() {
        return inner.folder();
    }

    @Override
    public String describe() {
        return inner.describe();
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
