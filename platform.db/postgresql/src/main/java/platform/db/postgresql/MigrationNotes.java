package platform.db.postgresql;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * The notes on one server's databases of which migrations they have had. A platform that starts asks for very many in a
 * moment, so the first time all are read at once.
 */
final class MigrationNotes {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationNotes.class);

    /** So long what was read at once is believed; each note is used once. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final PostgresDatabases server;
    private Map<String, String> ahead;
    private long read;
    private volatile Known last = new Known(new WeakReference<>(null), "");

    /** The digest of an app's scripts. The reference is weak, as the app may be removed. */
    private record Known(WeakReference<List<URL>> scripts, String fingerprint) {}

    MigrationNotes(PostgresDatabases server) {
        this.server = server;
    }

    /** What a database has had by its note, if there is one. */
    Optional<String> of(String database) {
        Optional<String> note = ahead(database);
        return note.isPresent()
                ? note
                : server.work("open the database '" + database + "'", it -> Migrations.noted(it, database));
    }

    private synchronized Optional<String> ahead(String database) {
        if (ahead == null) {
            ahead = server.work("read which migrations the databases have had", Migrations::noted);
            read = System.nanoTime();
        } else if (System.nanoTime() - read > FRESH.toNanos()) {
            ahead.clear();
        }
        return Optional.ofNullable(ahead.remove(database));
    }

    /** The digest of scripts, which all instances of an app hand over as the same list. */
    String fingerprint(List<URL> scripts) {
        Known known = last;
        if (known.scripts().get() == scripts) {
            return known.fingerprint();
        }
        String fingerprint = new MigrationScripts(scripts).fingerprint();
        last = new Known(new WeakReference<>(scripts), fingerprint);
        return fingerprint;
    }

    /** The note is not true: the next start looks into the database. */
    void forget(String database) {
        try {
            server.work("note that '" + database + "' has changed", connection -> {
                Migrations.forget(connection, database);
                return null;
            });
        } catch (DatabaseException e) {
            LOG.warn("The next start may not migrate the database: {}", e.getMessage());
        }
    }
}
