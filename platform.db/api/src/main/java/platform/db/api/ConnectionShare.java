package platform.db.api;

import java.sql.SQLException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A part of the server's connections for another process, which makes them itself by {@link DatabaseAccess}: they count as those of
 * this process do. The data source of a database that is open gives another one each time, by {@link javax.sql.DataSource#unwrap}. Any
 * thread may call.
 */
@ProviderType
public interface ConnectionShare extends AutoCloseable {

    /**
     * Waits for the right to make one connection, for as long as borrowers do.
     *
     * @throws SQLException when that takes too long, and says who has how many; or when the share is closed
     */
    void acquire() throws SQLException;

    /**
     * A connection is made. Those that are named are not cut off when the role's password changes; others are, and one that is being made then has a
     * second to be named.
     *
     * @param backend the id of the server's process that serves it
     */
    void name(int backend);

    /**
     * A connection is closed, or was not made after all. Does nothing when there is none.
     *
     * @param backend as it was named; any other number when it was not
     */
    void release(int backend);

    /**
     * What has the process close the connections that it does not use, at once, and the others when they are no longer used. It is called, again and again,
     * while somebody else waits who has fewer, and when the password has changed; it must not block.
     */
    void onEvict(Runnable evict);

    /** The process is gone, and all its connections with it. */
    @Override
    void close();
}
