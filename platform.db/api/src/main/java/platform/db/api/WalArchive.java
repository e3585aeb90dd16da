package platform.db.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Continuous archiving of the platform's own server (PostgreSQL's manual, "Continuous Archiving and Point-in-Time Recovery"): the
 * server puts each complete segment of its write-ahead log into a folder, from which its user takes it away. While it is on,
 * over restarts too, no segment is left out. Calls block until they are done; any thread may make them.
 */
@ProviderType
public interface WalArchive {

    /**
     * Switches it on, and waits until a segment has come. What was in the folder is removed.
     *
     * @return the first segment that will come
     * @throws DatabaseException when none comes; it is off then
     */
    WalSegment begin();

    /** Switches it off, and removes what is in the folder. Does nothing else when it is off. */
    void end();

    /** Whether it is on. */
    boolean isOn();

    /** Why the server cannot put a segment into the folder at the moment. */
    Optional<String> problem();

    /** The identifier of the server's data folder. Another one has another log, whose segments have the same names. */
    String system();

    /** The segments in the folder, in their order. */
    List<WalSegment> complete();

    /** Reads a segment of the folder. */
    InputStream open(WalSegment segment) throws IOException;

    /** Removes a segment from the folder, and all before it. */
    void remove(WalSegment segment);

    /** Completes the segment that is being written, unless nothing was committed since the last time. */
    WalCut cut();

    /**
     * Writes a base backup, as a tar file; does not close the stream. An interrupt cancels it.
     *
     * @throws DatabaseException when the server or its tool {@code pg_basebackup} fails; the message says what to install
     * @throws IOException when the stream fails
     */
    BaseBackup base(OutputStream out) throws IOException;
}
