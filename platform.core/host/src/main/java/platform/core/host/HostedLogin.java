package platform.core.host;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.postgresql.ds.PGSimpleDataSource;
import platform.db.api.DatabaseAccess;

/** Makes the connections of a pool. When the password is wrong it asks for the new one, and tries once more. */
final class HostedLogin extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;
    private static final String WRONG_PASSWORD = "28P01";
    private static final int CONNECT_SECONDS = 5;

    private final transient Supplier<DatabaseAccess> renewed;
    private final transient Optional<HostedShare> share;

    HostedLogin(DatabaseAccess access, Supplier<DatabaseAccess> renewed, Optional<HostedShare> share) {
        this.renewed = renewed;
        this.share = share;
        setURL(access.url());
        setConnectTimeout(CONNECT_SECONDS);
        setUser(access.role());
        setPassword(access.password());
    }

    @Override
    public Connection getConnection() throws SQLException {
        return share.isPresent() ? counted(share.get()) : login();
    }

    private Connection counted(HostedShare part) throws SQLException {
        part.acquire();
        try {
            return CountedConnection.of(login(), part);
        } catch (SQLException | RuntimeException e) {
            part.release(HostedShare.NO_BACKEND);
            throw e;
        }
    }

    private Connection login() throws SQLException {
        try {
            return super.getConnection();
        } catch (SQLException e) {
            if (!WRONG_PASSWORD.equals(e.getSQLState())) {
                throw e;
            }
            setPassword(renewed.get().password());
            return super.getConnection();
        }
    }
}
