package platform.db.postgresql;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URL;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import platform.db.api.Database;

/** A pool, and Flyway for the schema. */
final class PostgresDatabase implements Database {

    private final String role;
    private final LoginSource logins;
    private final HikariDataSource pool;
    private final PostgresExtensions extensions;
    private final Consumer<PostgresDatabase> onClose;

    PostgresDatabase(
            String role,
            LoginSource logins,
            HikariDataSource pool,
            PostgresExtensions extensions,
            Consumer<PostgresDatabase> onClose) {
        this.role = role;
        this.logins = logins;
        this.pool = pool;
        this.extensions = extensions;
        this.onClose = onClose;
    }

    String role() {
        return role;
    }

    LoginSource logins() {
        return logins;
    }

    /** Closes the connections that are open, those in use when they are given back. */
    void renew() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public int migrate(List<URL> scripts) {
        String database = pool.getPoolName();
        return Migrations.apply(database, pool, scripts, wanted -> extensions.prepare(database, wanted));
    }

    @Override
    public void close() {
        onClose.accept(this);
        logins.close();
        pool.close();
    }
}
