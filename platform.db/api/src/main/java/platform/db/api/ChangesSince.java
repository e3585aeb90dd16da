package platform.db.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** A moment of a database, from which its changes can be told. One thread uses it, and closes it. */
@ProviderType
public interface ChangesSince extends AutoCloseable {

    /**
     * Writes every row that is not as it was at the moment, as it is now, and the sequences. A row that has not changed may be
     * among them. Does not close the stream. Afterwards the moment is that of what was written: so the next call tells the changes
     * since this one.
     *
     * @return how many rows each table has at that moment, as {@link Dumps#rows} calls it
     * @throws DatabaseException when definitions have changed since, or the server fails
     * @throws IOException when the stream fails
     */
    Map<String, Long> writeTo(OutputStream out) throws IOException;

    /** Forgets the moment. */
    @Override
    void close();
}
