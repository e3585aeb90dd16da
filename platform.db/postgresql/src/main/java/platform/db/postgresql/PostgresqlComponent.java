package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
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
import platform.db.api.Databases;
import platform.db.api.DiskSpace;

/**
 * Runs the private PostgreSQL in the platform's data folder for as long as this bundle is active: {@link Databases} is
 * registered when it accepts connections. When it cannot start at all, a {@link Condition} {@code platform.failed} says
 * why instead. Starting and stopping block: the platform has to wait for its database, and to outlive it in no case.
 */
@Component(service = {})
public final class PostgresqlComponent {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresqlComponent.class);

    private final AutoCloseable running;

    /**
     * @param disk only so that a full disk has given up its reserve before the server needs room
     */
    @Activate
    public PostgresqlComponent(BundleContext context, @Reference DiskSpace disk) {
        running = start(context);
    }

    private static AutoCloseable start(BundleContext context) {
        try {
            return serve(context);
        } catch (RuntimeException e) {
            LOG.error("The database does not start", e);
            return fail(context, e.getMessage())::unregister;
        }
    }

    private static AutoCloseable serve(BundleContext context) {
        Path data =
                Path.of(context.getProperty("platform.data")).toAbsolutePath().normalize();
        ListenSettings listen = ListenSettings.atStart(data);
        PostgresFolders folders = PostgresFolders.in(data);
        settle(folders);
        PostgresServer server = new PostgresServer(folders, listen.server());
        try {
            server.start();
            ServedServer served = new ServedServer(
                    server,
                    () -> ExtensionSettings.now(data),
                    () -> folders.home().toFile().getUsableSpace());
            Upkeep upkeep = new Upkeep(context, server, served, listen);
            ServiceRegistration<Databases> service = context.registerService(Databases.class, served.databases(), null);
            ServiceRegistration<PostgresDatabases> configurable =
                    context.registerService(PostgresDatabases.class, served.databases(), null);
            return () -> {
                configurable.unregister();
                service.unregister();
                upkeep.close();
                served.close();
                server.close();
            };
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
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
                FrameworkUtil.asDictionary(Map.of(Condition.CONDITION_ID, "platform.failed", "reason", reason)));
    }

    @Deactivate
    void stop() throws Exception {
        running.close();
    }
}
