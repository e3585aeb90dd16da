package platform.db.postgresql;

import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import platform.db.api.Database;

/** A pool, and Flyway for the schema. */
final class PostgresDatabase implements Database {

    private final String role;
    private final Pools.Opened opened;
    private final PostgresExtensions extensions;
    private final Optional<String> noted;
    private final MigrationNotes notes;
    private final Consumer<PostgresDatabase> onClose;

    /**
     * @param noted which scripts the database has had, as far as the server knows; then its pool is unproved
     */
    PostgresDatabase(
            String role,
            Pools.Opened opened,
            PostgresExtensions extensions,
            Optional<String> noted,
            MigrationNotes notes,
            Consumer<PostgresDatabase> onClose) {
        this.role = role;
        this.opened = opened;
        this.extensions = extensions;
        this.noted = noted;
        this.notes = notes;
        this.onClose = onClose;
    }

    String name() {
        return opened.pool().name();
    }

    String role() {
        return role;
    }

    LoginSource logins() {
        return opened.logins();
    }

    /** Closes the connections that are open, those in use when they are given back. */
    void renew() {
        opened.pool().renew();
    }

    /** The parts of its connections that other processes have. */
    Set<RemoteShare> remotes() {
        return opened.pool().remotes();
    }

    /** From now on the pool opens no more connections than so many; empty is as many as the settings say. */
    void limit(Optional<Integer> connections) {
        opened.pool().resize(connections);
    }

    @Override
    public DataSource dataSource() {
        return opened.pool();
    }

    /** Where nothing is to be done by the note, that is looked at when the first connection is made. */
    @Override
    public int migrate(List<URL> scripts) {
        if (noted.isPresent() && noted.get().equals(notes.fingerprint(scripts))) {
            opened.logins().checkOnce(this::check);
            return 0;
        }
        return Migrations.apply(
                name(),
                opened.pool(),
                opened.logins().unshared(),
                scripts,
                wanted -> extensions.prepare(name(), wanted));
    }

    private void check(Connection connection) throws SQLException {
        try {
            Migrations.check(connection, name(), noted.orElseThrow());
        } catch (SQLException e) {
            notes.forget(name());
            throw e;
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
        opened.logins().close();
        opened.pool().close();
    }
}
