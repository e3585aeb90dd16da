package platform.backup.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import platform.db.api.BaseBackup;
import platform.db.api.DatabaseException;
import platform.db.api.WalArchive;
import platform.db.api.WalCut;
import platform.db.api.WalSegment;

/** A server whose segments hold their names. */
final class FakeWal implements WalArchive {

    final TreeSet<WalSegment> complete = new TreeSet<>();
    String system = "4711";
    String broken = "";
    boolean isOn;
    private final Clock clock;
    private WalSegment writing = new WalSegment("0000000100000000000000FE");

    FakeWal(Clock clock) {
        this.clock = clock;
    }

    @Override
    public WalSegment begin() {
        isOn = true;
        complete.clear();
        return writing;
    }

    @Override
    public void end() {
        isOn = false;
        complete.clear();
    }

    @Override
    public boolean isOn() {
        return isOn;
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    @Override
    public String system() {
        return system;
    }

    @Override
    public List<WalSegment> complete() {
        return List.copyOf(complete);
    }

    @Override
    public InputStream open(WalSegment segment) {
        return new ByteArrayInputStream(segment.name().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void remove(WalSegment segment) {
        complete.headSet(segment, true).clear();
    }

    /** Something is written, and its segment is full. */
    WalSegment write() {
        WalSegment full = writing;
        if (isOn) {
            complete.add(full);
        }
        writing = writing.next();
        return full;
    }

    @Override
    public WalCut cut() {
        return new WalCut(clock.instant(), write());
    }

    @Override
    public BaseBackup base(OutputStream out) throws IOException {
        if (!broken.isEmpty()) {
            throw new DatabaseException(broken);
        }
        out.write(1);
        return new BaseBackup(writing, clock.instant(), 1000);
    }
}
