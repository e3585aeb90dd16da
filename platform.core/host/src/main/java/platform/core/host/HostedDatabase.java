package platform.core.host;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import platform.db.api.DatabaseAccess;

/** An instance's connections to its database, made by the process itself. An idle pool has none. */
final class HostedDatabase implements AutoCloseable {

    /** Longer than the platform waits for a part of the connections, and then says who has them. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final HikariDataSource pool;

    /**
     * @param renewed asked when the password is wrong: it may have been changed
     * @param share what its connections are taken from
     */
    HostedDatabase(String name, DatabaseAccess access, Supplier<DatabaseAccess> renewed, Optional<HostedShare> share) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(new HostedLogin(access, renewed, share));
        config.setMaximumPoolSize(access.connections());
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setIdleTimeout(IDLE.toMillis());
        pool = new HikariDataSource(config);
    }

    DataSource dataSource() {
        return pool;
    }

    /** Closes the connections that nobody uses now, and the others when they are given back. */
    void evict() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    @Override
    public void close() {
        pool.close();
    }
}
