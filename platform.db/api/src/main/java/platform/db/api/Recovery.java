package platform.db.api;

import java.io.InputStream;
import java.time.Instant;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Brings all databases back as they were at an earlier time, on a server of their own beside the platform's. One recovery runs at a
 * time. What a killed platform has left of one is removed when the server starts.
 */
@ProviderType
public interface Recovery {

    /**
     * Makes a server of a base backup and replays the write-ahead log on it. Blocks until that is done; an interrupt cancels it. The
     * thread that calls has to live as long as the server is needed.
     *
     * @param base the base backup, a tar file; read to its end, not closed
     * @param request up to when
     * @param wal gives the segments, each once and in order; asked on the calling thread
     * @param progress hears, on the calling thread, which segment is replayed
     * @throws DatabaseException when it fails; nothing is left then
     */
    Recovered recover(InputStream base, Request request, WalSource wal, Consumer<WalSegment> progress);

    /** What a recovery takes on disk beside what is taken now, in bytes. */
    long bytesNeeded(BaseBackup base);

    /**
     * Up to when.
     *
     * @param to the time; what was committed later is not there
     * @param first the first segment that the base backup needs
     * @param last the last one that is needed: whatever was committed until the time is in it or before
     */
    record Request(Instant to, WalSegment first, WalSegment last) {}

    /** The server. Closing it removes it with its data. */
    @ProviderType
    interface Recovered extends AutoCloseable {

        /** Dumps of its databases. */
        Dumps dumps();

        @Override
        void close();
    }
}
