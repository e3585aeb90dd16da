package platform.db.postgresql;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import platform.db.api.ConnectionShare;
import platform.db.api.DatabaseAccess;

/** What any data source of ours has to say besides its connections. */
abstract class ConnectionSource implements DataSource {

    @Override
    public final Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("This data source has a login of its own; call getConnection()");
    }

    @Override
    public final PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public final void setLogWriter(PrintWriter out) {
        // HikariCP and the driver use their own logs.
    }

    @Override
    public final void setLoginTimeout(int seconds) {
        // The login has a time-out of its own.
    }

    /** For so many seconds HikariCP waits for a connection that is being made when the pool ends. */
    @Override
    public final int getLoginTimeout() {
        return 1;
    }

    @Override
    public final Logger getParentLogger() {
        return Logger.getLogger("org.postgresql");
    }

    /** How another process connects as this source does. */
    abstract DatabaseAccess access() throws SQLException;

    /** A part of the server's connections for a process that makes them itself. */
    ConnectionShare remoteShare() throws SQLException {
        throw new SQLException("The connections of this data source are no part of what others share");
    }

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        if (type == DatabaseAccess.class) {
            return type.cast(access());
        }
        if (type == ConnectionShare.class) {
            return type.cast(remoteShare());
        }
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("This is no wrapper of a " + type.getName());
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) {
        return type == DatabaseAccess.class || type.isInstance(this);
    }
}
