package platform.core.manager;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppInstance;
import platform.core.api.Health;
import platform.core.api.InstanceId;
import platform.core.api.Isolation;
import platform.core.api.PlatformException;
import platform.core.api.TraceFlag;
import platform.core.appsocket.AppSocketHost;
import platform.core.appsocket.AppSockets;
import platform.core.instance.CodeScope;
import platform.core.instance.InstanceContext;
import platform.core.instance.RunningCall;
import platform.core.instance.StartedApp;
import platform.db.api.Database;
import platform.db.api.DatabaseException;

/** An instance between its start and its stop: the app's object, its open database, its executor. */
final class RunningInstance {

    private static final Logger LOG = LoggerFactory.getLogger(RunningInstance.class);

    private static final Logger CONFIG = LoggerFactory.getLogger(TraceFlag.CONFIG.logger());

    /** A process that answers at all does so when its own limit is over. */
    private static final Duration FOR_PROCESS = Duration.ofSeconds(1);

    private final InstanceId id;
    private final InstanceResources resources;
    private final CodeScope scope;
    private final Database database;
    private final AppSockets appSockets;
    /** Clients log in with a new one from the moment that it was changed. */
    private final Passwords passwords;

    private final ServiceTraces traces;

    private final InstanceAlarms alarms;
    private final StartedApp app;
    /** In a process, which keeps the limits itself and names the app's own stack. */
    private final boolean remote;

    private RunningInstance(InstanceRecord record, RunningService service, InstanceResources resources) {
        this.id = record.id();
        this.resources = resources;
        this.scope =
                new CodeScope(record.app(), id, service.service().getClass().getClassLoader());
        this.passwords = new Passwords(record, resources.clock());
        this.appSockets = new AppSockets(
                new AppSocketHost(id, record.path(), passwords::accepted, resources.executor(), resources.clock()),
                resources.path().context());
        this.database = resources.servers().on(record.server()).open(record.databaseSpec());
        this.alarms = new InstanceAlarms(resources.alarms(), id);
        this.traces = service.traces();
        this.app = new StartedApp(id.toString());
        this.remote = service.service() instanceof RemoteService;
        trace(record.trace());
    }

    /**
     * Opens the database, migrates it, and lets the app start. What fails leaves nothing open.
     *
     * @throws PlatformException of kind FAILED with the reason
     */
    static RunningInstance start(InstanceRecord record, RunningService service, InstanceResources resources) {
        RunningInstance running = open(record, service, resources);
        try {
            running.start(record, service);
            return running;
        } catch (Exception e) {
            running.close();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw PlatformException.failed(record.id() + " does not start: " + reason(e), e);
        } catch (LinkageError e) {
            running.close();
            throw PlatformException.failed(record.id() + " does not start: " + reason(e), e);
        }
    }

    private static RunningInstance open(InstanceRecord record, RunningService service, InstanceResources resources) {
        try {
            return new RunningInstance(record, service, resources);
        } catch (DatabaseException e) {
            throw PlatformException.failed(record.id() + " does not start: " + e.getMessage(), e);
        }
    }

    private static String reason(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    }

    private void start(InstanceRecord record, RunningService service) throws Exception {
        database.migrate(service.migrations());
        resources.executor().open(scope);
        call("start", settings().startLimit(), () -> {
            app.take(service.service().start(context(record)));
            return null;
        });
    }

    private SupervisionSettings settings() {
        return resources.supervision().settings();
    }

    private <T> T call(String what, Duration limit, Callable<T> code) throws Exception {
        Duration patience = remote ? limit.plus(FOR_PROCESS) : limit;
        return resources.supervision().call(id.toString(), what, patience, () -> scope.call(code));
    }

    /** How the instance is, by its own word and by what can be seen. */
    Health health() {
        Optional<String> fatal = resources.executor().fatal();
        if (fatal.isPresent()) {
            return Health.down(fatal.get());
        }
        Optional<RunningCall> stuck = resources.executor().stuck(settings().stuckLimit());
        if (stuck.isPresent()) {
            return Health.down("A task of its executor runs for more than "
                    + settings().stuckLimit().toSeconds() + " s; it is at "
                    + stuck.get().stack());
        }
        return ask();
    }

    private Health ask() {
        try {
            Health health = call("health", settings().healthLimit(), app.instance()::health);
            return health == null ? Health.down("health() returned null.") : health;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.up();
        } catch (Exception e) {
            return Health.down("health() failed: " + reason(e));
        }
    }

    private InstanceContext context(InstanceRecord record) {
        return new InstanceContext(
                id,
                record.settings(),
                record.password(),
                passwords,
                database.dataSource(),
                record.path(),
                resources.path().context(),
                appSockets,
                resources.executor(),
                alarms,
                resources.clock(),
                resources.folder(),
                Isolation.BUNDLE);
    }

    /** Is logged like this from now on. */
    void trace(Set<TraceFlag> flags) {
        traces.set(id, flags);
    }

    /** Whether the app took the change over. */
    boolean reconfigure(InstanceRecord record) {
        passwords.follow(record);
        try {
            return call("reconfigure", settings().stopLimit(), () -> {
                CONFIG.debug(
                        "The app is given its changed settings: {}",
                        record.settings().keySet());
                return app.instance().reconfigure(context(record));
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            LOG.warn("{} did not take its new settings over and is restarted", id, e);
            return false;
        }
    }

    /** Closes the app's object, its registrations, its tasks and its database, whatever the app does about it. */
    void close() {
        app.close().ifPresent(this::closeApp);
        resources.supervision().close(id.toString(), resources.executor());
        alarms.close();
        resources.path().clear();
        database.close();
        traces.clear(id);
    }

    /** A process closes the executor there as well. */
    private void closeApp(AppInstance closing) {
        Duration limit = settings().stopLimit();
        try {
            call("close", remote ? limit.multipliedBy(2) : limit, () -> {
                closing.close();
                return null;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("{} did not close cleanly", id, e);
        }
    }
}
