package platform.db.postgresql;

import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import platform.db.api.Database;

/** A pool, and Flyway for the schema. */
final class PostgresDatabase implements Database {

    private final String role;
    private final Pools.Opened opened;
    private final PostgresExtensions extensions;
    private final Consumer<PostgresDatabase> onClose;

    PostgresDatabase(
            String role, Pools.Opened opened, PostgresExtensions extensions, Consumer<PostgresDatabase> onClose) {
        this.role = role;
        this.opened = opened;
        this.extensions = extensions;
        this.onClose = onClose;
    }

    String role() {
        return role;
    }

    LoginSource logins() {
        return opened.logins();
    }

    /** Closes the connections that are open, those in use when they are given back. */
    void renew() {
        opened.pool().evict();
    }

    String name() {
        return opened.pool().name();
    }

    /** From now on the pool opens no more connections than so many; empty is as many as the settings say. */
    void limit(Optional<Integer> connections) {
        opened.pool().resize(connections);
    }

    @Override
    public DataSource dataSource() {
        return opened.pool();
    }

    @Override
    public int migrate(List<URL> scripts) {
        return Migrations.apply(
                name(),
                opened.pool(),
                opened.logins().unshared(),
                scripts,
                wanted -> extensions.prepare(name(), wanted));
    }

    @Override
    public void close() {
        onClose.accept(this);
        opened.logins().close();
        opened.pool().close();
    }
}
