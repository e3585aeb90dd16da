package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A target that gets and gives no more than so many bytes a second. */
final class LimitedTarget implements Target {

    private final Target inner;
    private final BandwidthLimit limit;

    LimitedTarget(Target inner, BandwidthLimit limit) {
        this.inner = inner;
        this.limit = limit;
    }

    @Override
    public List<Kept> list(String prefix) throws IOException {
        return inner.list(prefix);
    }

    @Override
    public Upload begin(String name) throws IOException {
        return limit.limit(inner.begin(name));
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
        return limit.limit(inner.read(name, offset));
    }

    @Override
    public void delete(String name) throws IOException {
        inner.delete(name);
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
