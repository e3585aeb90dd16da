package platform.core.host;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletionException;
import platform.core.child.ConnectionMessage;
import platform.core.child.PlatformCalls;

/** An instance's part of the connections that the server takes: the platform counts them. */
record HostedShare(String instance, PlatformCalls platform) {

    static final int NO_BACKEND = 0;

    private static final String NONE_FREE = "53300";

    /**
     * Waits for the right to make one connection.
     *
     * @throws SQLException when there is none; it says who has how many
     */
    void acquire() throws SQLException {
        try {
            platform.acquireConnection(instance).join();
        } catch (CompletionException e) {
            throw new SQLTransientConnectionException(e.getCause().getMessage(), NONE_FREE, e);
        }
    }

    /** A connection is made. */
    void name(int backend) {
        platform.nameConnection(new ConnectionMessage(instance, backend));
    }

    /** The connection is closed, or was not made after all: then it has no backend. */
    void release(int backend) {
        platform.releaseConnection(new ConnectionMessage(instance, backend));
    }
}
