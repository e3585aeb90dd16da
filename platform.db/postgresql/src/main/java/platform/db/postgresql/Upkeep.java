package platform.db.postgresql;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseUpgrade;
import platform.db.api.DiskSpaceListener;
import platform.db.api.Dumps;
import platform.db.api.Extensions;
import platform.db.api.HostAccess;
import platform.db.api.Maintenance;
import platform.db.api.Quotas;
import platform.db.api.Recovery;
import platform.db.api.SpareDatabases;
import platform.db.api.SqlConsole;
import platform.db.api.WalArchive;

/** The services for those who look after the databases, for as long as the server runs. */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final int SWEEP_SECONDS = 15;

    private final PostgresHostAccess access;
    private final PostgresUpgrade upgrade;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> thread("postgresql-access", task));
    private final ExecutorService shrinker =
            Executors.newSingleThreadExecutor(task -> thread("postgresql-shrink", task));
    private final List<ServiceRegistration<?>> services;

    Upkeep(
            BundleContext context,
            Sessions sessions,
            PostgresDatabases databases,
            PostgresExtensions extensions,
            ListenSettings listen) {
        PostgresFolders folders = sessions.server().folders();
        Path home = folders.home();
        sessions.clear();
        access = new PostgresHostAccess(sessions, new AccessFile(folders), listen.beyondLoopback(), Clock.systemUTC());
        access.begin();
        timer.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        PostgresMaintenance maintenance =
                new PostgresMaintenance(sessions, () -> home.toFile().getUsableSpace());
        upgrade = new PostgresUpgrade(
                sessions.server(),
                Clock.systemDefaultZone(),
                () -> home.toFile().getUsableSpace());
        timer.scheduleWithFixedDelay(this::removeFormer, 0, 1, TimeUnit.DAYS);
        services = List.of(
                context.registerService(DatabaseStatistics.class, new PostgresStatistics(sessions), null),
                context.registerService(SqlConsole.class, new PostgresConsole(sessions), null),
                context.registerService(HostAccess.class, access, null),
                context.registerService(Extensions.class, extensions, null),
                context.registerService(DiskSpaceListener.class, new ReadOnlyMode(sessions, folders, timer), null),
                context.registerService(
                        Dumps.class, new PostgresDumps(sessions, ClientTools.of(sessions.server())), null),
                context.registerService(DatabaseUpgrade.class, upgrade, null),
                context.registerService(
                        SpareDatabases.class,
                        new PostgresSpares(sessions, () -> home.toFile().getUsableSpace()),
                        null),
                context.registerService(
                        WalArchive.class, new PostgresWalArchive(sessions, ClientTools.of(sessions.server())), null),
                context.registerService(Recovery.class, new PostgresRecovery(sessions.server()), null),
                context.registerService(Maintenance.class, maintenance, null),
                context.registerService(
                        Quotas.class, new PostgresQuotas(sessions, maintenance, databases::limit, shrinker), null));
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The server may be away for a moment; the next time comes. */
    private void sweep() {
        try {
            access.sweep();
        } catch (RuntimeException e) {
            LOG.warn("Whose access from other machines is over cannot be seen to now: {}", e.getMessage());
        }
    }

    private void removeFormer() {
        try {
            upgrade.sweep();
        } catch (RuntimeException e) {
            LOG.warn("Former data folders cannot be looked for now: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        services.forEach(ServiceRegistration::unregister);
        shrinker.shutdownNow();
        timer.shutdownNow();
    }
}
