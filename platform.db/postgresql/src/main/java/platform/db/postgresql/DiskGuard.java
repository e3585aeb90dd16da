package platform.db.postgresql;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DiskLevel;
import platform.db.api.DiskStatus;

/**
 * Looks how much room the disk has, and sees to the reserve: gives it up when the disk is full, and makes it again, a slice
 * with each look, when it is not. It writes nothing else, and needs neither a database nor a log to do so.
 */
final class DiskGuard {

    private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);

    /** Little enough that a start, or a request, does not notice that it is written. */
    private static final long SLICE = 16L << 20;

    private final ReserveFile reserve;
    private final Disk disk;
    private volatile DiskStatus status = new DiskStatus(DiskLevel.OK, 0, 0, 0, 0, 0, 0, 0);

    DiskGuard(ReserveFile reserve, Disk disk) {
        this.reserve = reserve;
        this.disk = disk;
    }

    /** The file system that is watched. */
    interface Disk {

        long total() throws IOException;

        /** What somebody without privileges can write. */
        long usable() throws IOException;
    }

    DiskStatus status() {
        return status;
    }

    /**
     * Looks, and does what follows for the reserve.
     *
     * @throws IOException when the disk cannot be asked, or the reserve not be written; the next look may succeed
     */
    synchronized DiskStatus look(DiskConfig config) throws IOException {
        long total = disk.total();
        DiskStatus found = found(DiskLimits.of(config, total), total);
        announce(found);
        status = found;
        if (found.level() == DiskLevel.FULL) {
            reserve.release();
        } else {
            reserve.approach(found.wholeReserve(), SLICE);
        }
        return found;
    }

    private DiskStatus found(DiskLimits limits, long total) throws IOException {
        long usable = disk.usable();
        long kept = reserve.size();
        DiskLevel level = limits.level(usable - (limits.reserve() - kept), status.level());
        return new DiskStatus(
                level, total, usable, kept, limits.reserve(), limits.low(), limits.veryLow(), limits.full());
    }

    private void announce(DiskStatus found) {
        if (found.level() != status.level()) {
            LOG.info(
                    "The disk is {} now, it was {}: {} MB can be written, the reserve takes {} MB",
                    found.level(),
                    status.level(),
                    found.usable() >> 20,
                    found.reserve() >> 20);
        }
    }
}
