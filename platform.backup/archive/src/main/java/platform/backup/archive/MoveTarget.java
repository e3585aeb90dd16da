package platform.backup.archive;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/** The other platform as a place that takes one backup, and restores it at once. */
final class MoveTarget implements Target {

    private final MoveClient client;
    private MoveUpload upload;

    MoveTarget(MoveClient client) {
        this.client = client;
    }

    @Override
    public List<Kept> list(String prefix) {
        return List.of(new Kept(prefix, upload.sent(), Instant.EPOCH));
    }

    @Override
    public Upload begin(String name) {
        upload = new MoveUpload(client);
        return upload;
    }

    @Override
    public InputStream read(String name, long offset) {
        throw new UnsupportedOperationException("The other platform gives nothing back");
    }

    @Override
    public void delete(String name) {
        throw new UnsupportedOperationException("The other platform keeps no file");
    }

    @Override
    public String describe() {
        return "the other platform";
    }

    @Override
    public void close() {
        // The client is its owner's.
    }
}
