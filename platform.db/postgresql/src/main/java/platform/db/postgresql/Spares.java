package platform.db.postgresql;

import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * Databases that are made when nobody waits for them, and become an instance's by a change of name and owner: that takes a
 * few milliseconds instead of the time to copy some hundred files. Some are empty. Others have had the scripts of an app from
 * which instances were made lately: to migrate a new database takes longer still.
 */
final class Spares implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spares.class);

    /** For so many apps, those used last, there are spare databases with their schema. */
    private static final int MOST_APPS = 2;

    /** What the scripts of an app must not ask for, since it is not known yet or not theirs to have. */
    private static final List<String> UNKNOWN_YET =
            List.of("extension", "current_user", "session_user", "current_role", "current_database", "current_catalog");

    private final PooledDataSource administrator;
    private final SpareMaker spares;
    private final ExecutorService maker;
    /** By what the comment on the database says; the one used last is the last. */
    private final Map<String, List<URL>> apps = new LinkedHashMap<>();

    private volatile int wanted;

    /** Makes none until it is told how many. */
    Spares(PooledDataSource administrator, Server server) {
        this.administrator = administrator;
        this.spares = new SpareMaker(server);
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Spares::thread);
        executor.allowCoreThreadTimeOut(true);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        maker = executor;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "postgresql-spares");
        thread.setContextClassLoader(Spares.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** Keeps so many of each kind ready from now on; returns at once. */
    void keep(int count) {
        wanted = count;
        refill();
    }

    /** Makes what is missing, in the background. */
    void refill() {
        maker.execute(this::supply);
    }

    /** One that has had these scripts, else an empty one. The caller makes it something else, or leaves it. */
    Optional<Spare> find(Connection connection, List<URL> migrations) throws SQLException {
        String note = remember(migrations);
        List<Spare> ready = spares.ready(connection);
        return ready.stream()
                .filter(it -> it.note().equals(note))
                .findFirst()
                .or(() -> ready.stream().filter(Spare::isEmpty).findFirst());
    }

    /** Has databases made for this app from now on, where that can be. */
    private String remember(List<URL> migrations) {
        MigrationScripts scripts = new MigrationScripts(migrations);
        if (migrations.isEmpty() || !spares.canMigrate() || UNKNOWN_YET.stream().anyMatch(scripts::mention)) {
            return "";
        }
        String note = Migrations.note(scripts.fingerprint());
        synchronized (apps) {
            apps.remove(note);
            apps.put(note, migrations);
            if (apps.size() > MOST_APPS) {
                apps.remove(apps.keySet().iterator().next());
            }
        }
        return note;
    }

    private void supply() {
        try (Connection connection = administrator.getConnection()) {
            spares.clear(connection);
            List<Spare> surplus = new ArrayList<>(spares.ready(connection));
            Map<String, List<URL>> kinds = new LinkedHashMap<>();
            synchronized (apps) {
                kinds.putAll(apps);
            }
            kinds.put("", List.of());
            Map<String, Integer> missing = new LinkedHashMap<>();
            kinds.keySet().forEach(note -> missing.put(note, wanted - keep(note, surplus)));
            for (Spare spare : surplus) {
                spares.drop(connection, spare.name());
            }
            for (Map.Entry<String, Integer> kind : missing.entrySet()) {
                make(connection, kind.getKey(), kinds.get(kind.getKey()), kind.getValue());
            }
        } catch (SQLException | DatabaseException e) {
            LOG.warn("There are no spare databases now; new ones are made when they are needed: {}", e.getMessage());
        }
    }

    /** Takes those that are kept out of the list; returns how many. */
    private int keep(String note, List<Spare> ready) {
        List<Spare> kept = ready.stream()
                .filter(it -> it.note().equals(note))
                .limit(wanted)
                .toList();
        ready.removeAll(kept);
        return kept.size();
    }

    private void make(Connection connection, String note, List<URL> migrations, int count) throws SQLException {
        try {
            for (int i = 0; i < count && !maker.isShutdown(); i++) {
                spares.make(connection, migrations);
            }
        } catch (DatabaseException e) {
            LOG.info("No databases are kept ready with the schema of an app: {}", e.getMessage());
            synchronized (apps) {
                apps.remove(note);
            }
        }
    }

    /** Makes no more; the one that is being made is waited for, a few seconds at most. */
    @Override
    public void close() {
        maker.shutdown();
        try {
            if (!maker.awaitTermination(3, TimeUnit.SECONDS)) {
                LOG.debug("A spare database is still being made; the next start finds it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
