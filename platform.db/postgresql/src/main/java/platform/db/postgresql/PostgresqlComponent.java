package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;
import platform.db.api.DiskLevel;
import platform.db.api.DiskSpace;
import platform.db.api.DiskSpaceListener;
import platform.db.api.Recovery;
import platform.db.api.WalArchive;

/**
 * Runs the private PostgreSQL in the platform's data folder for as long as this bundle is active: {@link Databases} is
 * registered when it accepts connections. When it cannot start, a {@link Condition} {@code platform.degraded} says why
 * instead, and it is tried again and again. Starting and stopping block: the platform has to wait for its database, and to
 * outlive it in no case.
 */
@Component(service = {})
public final class PostgresqlComponent {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresqlComponent.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** A server that recovers longer does so while all else comes up. */
    private static final Duration RECOVERY = Duration.ofSeconds(45);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final BundleContext context;
    private final Retry retry;
    private AutoCloseable running;
    private String reason;

    /**
     * @param disk only so that a full disk has given up its reserve before the server needs room
     */
    @Activate
    public PostgresqlComponent(BundleContext context, @Reference DiskSpace disk) {
        this(context, FIRST_PAUSE, RECOVERY);
    }

    PostgresqlComponent(BundleContext context, Duration firstPause, Duration patience) {
        this.context = context;
        this.retry = new Retry("postgresql-start", firstPause, LONGEST_PAUSE, this::start);
        if (!retry.run(patience)) {
            tellIfNothingIsKnown("PostgreSQL is still starting. It recovers what was not on disk when it was ended;"
                    + " 'platform logs' and its own log in logs/postgresql say how far it is");
        }
    }

    private synchronized void tellIfNothingIsKnown(String what) {
        if (running == null) {
            tell(what);
        }
    }

    /** @return whether it is served, or shall not be any more */
    private boolean start() {
        try {
            replace(serve(context));
            return true;
        } catch (RuntimeException e) {
            LOG.error("The database does not start; it is tried again", e);
            tell(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** The same reason as before is no news, and another one is there before that is taken back. */
    private synchronized void tell(String newReason) {
        if (!newReason.equals(reason)) {
            replace(fail(context, newReason)::unregister);
            reason = newReason;
        }
    }

    private synchronized void replace(AutoCloseable next) {
        close();
        running = next;
    }

    private static AutoCloseable serve(BundleContext context) {
        Path data =
                Path.of(context.getProperty("platform.data")).toAbsolutePath().normalize();
        ServerFiles files = new ServerFiles(data);
        Optional<String> external = files.external();
        return external.isPresent() ? serveExternal(context, files, external.get()) : serveEmbedded(context, files);
    }

    private static AutoCloseable serveEmbedded(BundleContext context, ServerFiles files) {
        ListenSettings listen = ListenSettings.atStart(files.data());
        PostgresFolders folders = PostgresFolders.in(files.data());
        settle(folders);
        PostgresServer server = new PostgresServer(folders, listen.server());
        try {
            server.start();
            LongSupplier free = () -> folders.home().toFile().getUsableSpace();
            ServedServer main = new ServedServer(server, () -> ExtensionSettings.now(files.data()), free);
            Upkeep upkeep = new Upkeep(server, main.sessions(), listen);
            Servers servers = servers(files, main);
            DiskSpaceListener spares = status -> main.databases().pauseSpares(status.level() != DiskLevel.OK);
            List<ServiceRegistration<?>> own = List.of(
                    context.registerService(DiskSpaceListener.class, spares, null),
                    context.registerService(DiskSpaceListener.class, upkeep.readOnly(), null),
                    context.registerService(WalArchive.class, upkeep.archive(), null),
                    context.registerService(Recovery.class, upkeep.recovery(), null));
            RoutedHostAccess access = new RoutedHostAccess(servers, Optional.of(upkeep.access()));
            DatabaseServices services = new DatabaseServices(context, servers, access, upkeep.upgrade());
            return () -> {
                services.close();
                own.forEach(ServiceRegistration::unregister);
                upkeep.close();
                servers.close();
                server.close();
            };
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static AutoCloseable serveExternal(BundleContext context, ServerFiles files, String name) {
        ExternalServer server = files.login(ServerSettings.read(files.data(), name));
        await(server);
        Servers servers = servers(files, serveExternal(files, server));
        DatabaseServices services = new DatabaseServices(
                context, servers, new RoutedHostAccess(servers, Optional.empty()), new ForeignUpgrade(name));
        return () -> {
            services.close();
            servers.close();
        };
    }

    /** How much room there is on it nobody can ask from here. */
    private static ServedServer serveExternal(ServerFiles files, Server server) {
        return new ServedServer(server, () -> ExtensionSettings.now(files.data()), () -> Long.MAX_VALUE);
    }

    /** It may be started together with this machine. */
    private static void await(ExternalServer server) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                server.look();
                return;
            } catch (DatabaseException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                LOG.warn("The default database server is not there yet: {}", e.getMessage());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("Waiting for the default database server was interrupted", e);
        }
    }

    /** With those that are configured already: instances are about to start on them. */
    private static Servers servers(ServerFiles files, ServedServer main) {
        Servers servers = new Servers(main, files::login, server -> serveExternal(files, server));
        Set<String> names = files.names();
        names.remove(main.name());
        for (String name : names) {
            try {
                servers.add(ServerSettings.read(files.data(), name));
            } catch (DatabaseException e) {
                LOG.error("There is no database server '{}': {}", name, e.getMessage());
            }
        }
        return servers;
    }

    /** An upgrade may have been cut off in its last step, or is to be taken back. */
    private static void settle(PostgresFolders folders) {
        try {
            Folders.make(folders.home(), "rwx--x--x");
            new ClusterSwitch(folders, Clock.systemDefaultZone()).finish();
        } catch (IOException e) {
            throw new DatabaseException(
                    "An upgrade of PostgreSQL in " + folders.home() + " cannot be completed: " + e, e);
        }
    }

    private static ServiceRegistration<Condition> fail(BundleContext context, String reason) {
        return context.registerService(
                Condition.class,
                Condition.INSTANCE,
                FrameworkUtil.asDictionary(Map.of(Condition.CONDITION_ID, "platform.degraded", "reason", reason)));
    }

    @Deactivate
    void stop() {
        retry.close();
        synchronized (this) {
            close();
        }
    }

    private void close() {
        AutoCloseable former = running;
        running = null;
        try {
            if (former != null) {
                former.close();
            }
        } catch (Exception e) {
            throw new DatabaseException("The database server cannot be given up", e);
        }
    }
}
