package platform.db.postgresql;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import platform.db.api.DatabaseException;
import platform.db.api.FollowingCopy;

/** A session in which triggers are silent. */
final class ChangedCopy implements FollowingCopy {

    private final String database;
    private final ToolLogin login;
    private final Connection connection;

    private ChangedCopy(String database, ToolLogin login, Connection connection) {
        this.database = database;
        this.login = login;
        this.connection = connection;
    }

    static ChangedCopy of(Sessions sessions, String database) {
        ToolLogin login = ToolLogin.replica(sessions, database);
        try {
            Connection connection = login.connect();
            Rows.execute(connection, "SET search_path = pg_catalog");
            connection.setAutoCommit(false);
            return new ChangedCopy(database, login, connection);
        } catch (SQLException e) {
            login.close();
            throw failed(database, e);
        }
    }

    private static DatabaseException failed(String database, SQLException e) {
        return new DatabaseException(
                "The database '" + database + "' cannot be brought up to date: " + e.getMessage(), e);
    }

    @Override
    public Map<String, Long> apply(InputStream changes) throws IOException {
        boolean applied = false;
        try {
            Map<String, Long> gained = new ChangeReader(connection, new DataInputStream(changes)).apply();
            connection.commit();
            applied = true;
            return gained;
        } catch (SQLException e) {
            throw failed(database, e);
        } finally {
            if (!applied) {
                takeBack();
            }
        }
    }

    private void takeBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw failed(database, e);
        }
    }

    /** The server ends who has logged in so. */
    @Override
    public void close() {
        login.close();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DatabaseException("The connection of a copy does not close: " + e.getMessage(), e);
        }
    }
}
