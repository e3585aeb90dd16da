package platform.core.manager;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;
import platform.core.api.InstanceId;
import platform.core.api.TraceFlag;
import platform.core.child.AlarmMessage;
import platform.core.child.BrokenMessage;
import platform.core.child.ChildFailedException;
import platform.core.child.ChildLostException;
import platform.core.child.ChildProcess;
import platform.core.child.ConnectionMessage;
import platform.core.child.HttpConnections;
import platform.core.child.InstanceSetup;
import platform.core.child.LogMessage;
import platform.core.child.PlatformCalls;
import platform.core.child.Route;
import platform.core.child.Verification;
import platform.core.instance.InstanceContext;
import platform.core.instance.SerialExecutor;
import platform.db.api.ConnectionShare;
import platform.db.api.DatabaseAccess;
import platform.tracing.api.LogContext;

/** A service in a process of its own, as if it were here; and what that process calls. */
final class RemoteService implements AppService, PlatformCalls {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteService.class);

    private static final Logger TRACE = LoggerFactory.getLogger(TraceFlag.DATABASE.logger());

    private final String app;
    private final ProcessPlace place;
    private final HttpConnections connections;
    private final Map<String, RemoteInstance> instances = new ConcurrentHashMap<>();
    private final Object telling = new Object();
    private volatile ChildProcess child;
    private volatile Set<String> traced = Set.of();

    RemoteService(ProcessPlace place) {
        this.app = place.app();
        this.place = place;
        this.connections = new HttpConnections(place.folder().requests());
    }

    /** The process is there. */
    void connect(ChildProcess process) {
        child = process;
    }

    @Override
    public AppInstance start(AppContext context) throws Exception {
        InstanceContext whole = (InstanceContext) context;
        String id = context.id().toString();
        place.ownAll(context.folder());
        ConnectionShare share = whole.dataSource().unwrap(ConnectionShare.class);
        RemoteInstance instance =
                new RemoteInstance(this, whole, connections, place.folder().sockets(), share);
        share.onEvict(new Eviction(id));
        instances.put(id, instance);
        try {
            InstanceSetup setup = setup(whole);
            child.call(host -> host.start(setup));
            return instance;
        } catch (ChildFailedException | ChildLostException | InterruptedException | RuntimeException e) {
            forget(instance);
            // It may come up there after nobody waits for it any more.
            child.tell(host -> host.close(id));
            throw e;
        }
    }

    /** Has a process give connections back. A process that hangs does not read: so one at a time, on a thread of its own. */
    private final class Eviction implements Runnable {

        private final String instance;
        private final AtomicBoolean underWay = new AtomicBoolean();

        Eviction(String instance) {
            this.instance = instance;
        }

        @Override
        public void run() {
            if (!underWay.getAndSet(true)) {
                place.workers().pool().execute(this::tell);
            }
        }

        private void tell() {
            try {
                child.tell(host -> host.evictConnections(instance));
            } finally {
                underWay.set(false);
            }
        }
    }

    /** The process logs in detail by these loggers from now on. One that hangs holds nobody up but the thread that tells it. */
    void trace(Set<String> loggers) {
        traced = loggers;
        place.workers().pool().execute(this::tellTraced);
    }

    /** Whoever comes last tells what was said last. */
    private void tellTraced() {
        synchronized (telling) {
            child.tell(host -> host.trace(traced));
        }
    }

    @Override
    public void verify(DataSource restored, Map<String, String> settings) throws Exception {
        Verification verification = new Verification(restored.unwrap(DatabaseAccess.class), settings);
        child.call(host -> host.verify(verification));
    }

    ChildProcess child() {
        return child;
    }

    void forget(RemoteInstance instance) {
        instances.remove(instance.id(), instance);
        instance.release();
    }

    static InstanceSetup setup(InstanceContext context) throws SQLException {
        Optional<FormerPassword> former =
                context.passwords() instanceof Passwords known ? known.former() : Optional.empty();
        return new InstanceSetup(
                context.id().toString(),
                context.settings(),
                context.password(),
                former.map(FormerPassword::password).orElse(null),
                former.map(it -> it.until().toEpochMilli()).orElse(0L),
                context.dataSource().unwrap(DatabaseAccess.class),
                context.webPath(),
                context.folder().toString(),
                context.executor() instanceof SerialExecutor executor ? executor.limit() : Long.MAX_VALUE);
    }

    private RemoteInstance require(String instance) {
        RemoteInstance found = instances.get(instance);
        if (found == null) {
            throw new IllegalStateException(
                    "The process of " + app + " knows an instance that is not there: " + InstanceId.parse(instance));
        }
        return found;
    }

    @Override
    public CompletableFuture<Void> register(Route route) {
        return answer(() -> {
            require(route.instance()).register(route);
            return null;
        });
    }

    @Override
    public CompletableFuture<DatabaseAccess> login(String instance) {
        return answer(() -> require(instance).login());
    }

    /** Not on the thread that reads calls: it may take seconds. */
    @Override
    public CompletableFuture<Void> acquireConnection(String instance) {
        return CompletableFuture.supplyAsync(
                        () -> answer(() -> {
                            require(instance).connections().acquire();
                            named(instance, () -> TRACE.debug("The app's process makes a connection"));
                            return (Void) null;
                        }),
                        place.workers().pool())
                .thenCompose(granted -> granted);
    }

    @Override
    public void nameConnection(ConnectionMessage connection) {
        Optional.ofNullable(instances.get(connection.instance()))
                .ifPresent(it -> it.connections().name(connection.backend()));
    }

    @Override
    public void releaseConnection(ConnectionMessage connection) {
        Optional.ofNullable(instances.get(connection.instance()))
                .ifPresent(it -> it.connections().release(connection.backend()));
        named(connection.instance(), () -> TRACE.debug("The app's process has closed a connection"));
    }

    private static <T> CompletableFuture<T> answer(Callable<T> work) {
        try {
            return CompletableFuture.completedFuture(work.call());
        } catch (Exception e) {
            return CompletableFuture.failedFuture(RemoteErrors.of(e));
        }
    }

    @Override
    public void unregister(Route route) {
        Optional.ofNullable(instances.get(route.instance())).ifPresent(it -> it.unregister(route));
    }

    @Override
    public void alarm(AlarmMessage alarm) {
        Optional.ofNullable(instances.get(alarm.instance())).ifPresent(it -> it.alarm(alarm));
    }

    @Override
    public void broken(BrokenMessage broken) {
        Optional.ofNullable(instances.get(broken.instance())).ifPresent(it -> it.broken(broken.error()));
    }

    /** With the names of who wrote it, so that it gets into the app's log. */
    @Override
    public void log(LogMessage line) {
        String text = line.trace().isEmpty() ? line.text() : line.text() + "\n" + line.trace();
        named(
                line.instance(),
                () -> LoggerFactory.getLogger(line.logger())
                        .atLevel(level(line.level()))
                        .log(text));
    }

    private void named(String instance, Runnable logging) {
        MDC.put(LogContext.APP, app);
        if (instances.containsKey(instance)) {
            MDC.put(LogContext.INSTANCE, instance);
        }
        try {
            logging.run();
        } finally {
            MDC.remove(LogContext.INSTANCE);
            MDC.remove(LogContext.APP);
        }
    }

    private static Level level(String name) {
        try {
            return Level.valueOf(name);
        } catch (IllegalArgumentException e) {
            LOG.debug("A process logs with the level {}", name, e);
            return Level.INFO;
        }
    }

    /** Nothing of it is used any more. */
    void close() {
        instances.values().forEach(this::forget);
        connections.close();
    }
}
