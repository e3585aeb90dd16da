package platform.db.postgresql;

import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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

    /** Copying some hundred files takes a processor from whoever waits for the instance. */
    private static final long REFILL_MILLIS = 250;

    /**
     * After so long without another one the files of new databases are flushed: else a server that is ended has some hundred to
     * flush for each, before it can start again.
     */
    private static final long FLUSH_MILLIS = 3000;

    /** What the scripts of an app must not ask for, since it is not known yet or not theirs to have. */
    private static final List<String> UNKNOWN_YET =
            List.of("extension", "current_user", "session_user", "current_role", "current_database", "current_catalog");

    private final PooledDataSource administrator;
    private final SpareMaker spares;
    private final ScheduledExecutorService maker;
    /** By what the comment on the database says; the one used last is the last. */
    private final Map<String, List<URL>> apps = new LinkedHashMap<>();

    private volatile int wanted;
    private volatile boolean paused;
    private volatile long made;

    /** Makes none until it is told how many. */
    Spares(PooledDataSource administrator, Server server) {
        this.administrator = administrator;
        this.spares = new SpareMaker(server);
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, Spares::thread);
        executor.setKeepAliveTime(5, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
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
        maker.execute(this::supply);
    }

    /** Makes none while there is little room; those that are there stay, and are handed out. */
    void pause(boolean pause) {
        boolean over = paused && !pause;
        paused = pause;
        if (over) {
            refill();
        }
    }

    /** Makes what is missing, in the background, when the instance that has taken one has had the time to start. */
    void refill() {
        maker.schedule(this::supply, REFILL_MILLIS, TimeUnit.MILLISECONDS);
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
            for (int i = 0; i < count && !paused && !maker.isShutdown(); i++) {
                spares.make(connection, migrations);
                made = System.nanoTime();
                maker.schedule(this::flush, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (DatabaseException e) {
            LOG.info("No databases are kept ready with the schema of an app: {}", e.getMessage());
            synchronized (apps) {
                apps.remove(note);
            }
        }
    }

    /** Not if others have been made since. */
    private void flush() {
        if (System.nanoTime() - made < TimeUnit.MILLISECONDS.toNanos(FLUSH_MILLIS)) {
            return;
        }
        try (Connection connection = administrator.getConnection()) {
            spares.flush(connection);
        } catch (SQLException e) {
            LOG.debug("What is new is flushed by the server's own next checkpoint", e);
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
