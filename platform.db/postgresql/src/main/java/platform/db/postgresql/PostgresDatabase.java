package platform.db.postgresql;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URL;
import java.util.List;
import javax.sql.DataSource;
import platform.db.api.Database;

/** A pool, and Flyway for the schema. */
final class PostgresDatabase implements Database {

    private final HikariDataSource pool;

    PostgresDatabase(HikariDataSource pool) {
        this.pool = pool;
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public int migrate(List<URL> scripts) {
        return Migrations.apply(pool.getPoolName(), pool, scripts);
    }

    @Override
    public void close() {
        pool.close();
    }
}
