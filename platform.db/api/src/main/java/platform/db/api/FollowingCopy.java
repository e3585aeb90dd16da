package platform.db.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** A copy of a database that is brought up to date, time and again. One thread uses it at a time; whoever has opened it closes it. */
@ProviderType
public interface FollowingCopy extends AutoCloseable {

    /**
     * Brings it up to date, in one transaction: all of it or nothing. Triggers stay silent, and keys to other tables are not
     * looked at. Doing it again changes nothing.
     *
     * @param changes what {@link ChangesSince#writeTo} has written of the original, since the moment of the copy; read to its end, not
     *     closed
     * @return how many rows each table has gained that was among the changes, as {@link Dumps#rows} calls it; less than 0 when it
     *     has lost some
     * @throws DatabaseException when it does not fit, or the server fails
     * @throws IOException when the stream fails
     */
    Map<String, Long> apply(InputStream changes) throws IOException;

    /** Ends the work on it; it stays as it is. */
    @Override
    void close();
}
