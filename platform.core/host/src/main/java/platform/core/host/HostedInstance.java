package platform.core.host;

import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppInstance;
import platform.core.api.AppService;
import platform.core.api.Health;
import platform.core.api.InstanceId;
import platform.core.api.Isolation;
import platform.core.appsocket.AppSocketHost;
import platform.core.appsocket.AppSockets;
import platform.core.child.BrokenMessage;
import platform.core.child.InstanceSetup;
import platform.core.child.PlatformCalls;
import platform.core.child.ServiceSetup;
import platform.core.instance.CodeScope;
import platform.core.instance.Deadlocks;
import platform.core.instance.InstanceContext;
import platform.core.instance.LimitedCalls;
import platform.core.instance.RunningCall;
import platform.core.instance.SerialExecutor;
import platform.core.instance.StartedApp;
import platform.core.instance.Workers;
import platform.webserver.api.PathAliases;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebPath;
import platform.webserver.api.Webserver;

/** An instance in this process, between its start and its stop. */
final class HostedInstance {

    private static final Logger LOG = LoggerFactory.getLogger(HostedInstance.class);
    private static final Clock CLOCK = Clock.systemUTC();

    private final InstanceId id;
    private final InstanceSetup setup;
    private final ServiceSetup service;
    private final LimitedCalls calls;
    private final PlatformCalls platform;
    private final SerialExecutor executor;
    private final WebPath path;
    private final HostedWeb web;
    private final HostedDatabase database;
    private final HostedPasswords passwords;
    private final HostedAlarms alarms;
    private final AppSockets appSockets;
    private CodeScope scope;
    private final StartedApp started;
    private volatile Optional<String> deadlock = Optional.empty();

    HostedInstance(
            InstanceSetup setup,
            ServiceSetup service,
            Workers workers,
            LimitedCalls calls,
            Webserver webserver,
            PlatformCalls platform) {
        this.id = InstanceId.parse(setup.id());
        this.service = service;
        this.calls = calls;
        this.started = new StartedApp(setup.id());
        this.platform = platform;
        this.executor = new SerialExecutor(setup.id(), workers);
        this.executor.limit(setup.tasks());
        this.path = webserver.open(new PathSpec(
                setup.webPath(), setup.id(), service.app(), executor.unlimited(), PathAliases.NONE, this::failed));
        this.web = new HostedWeb(setup.id(), path.context(), platform);
        this.database = new HostedDatabase(
                setup.id(),
                setup.database(),
                () -> platform.login(setup.id()).join(),
                Optional.of(new HostedShare(setup.id(), platform)));
        this.passwords = new HostedPasswords(setup, CLOCK);
        this.alarms = new HostedAlarms(setup.id(), platform);
        this.appSockets =
                new AppSockets(new AppSocketHost(id, setup.webPath(), passwords::accepted, executor, CLOCK), web);
        this.setup = setup;
    }

    void start(AppService app) throws Exception {
        scope = new CodeScope(service.app(), id, app.getClass().getClassLoader());
        executor.open(scope);
        call("start", service.startSeconds(), () -> {
            started.take(app.start(context(setup)));
            return null;
        });
        path.activate();
    }

    private <T> T call(String what, long seconds, Callable<T> code) throws Exception {
        return calls.call(id.toString(), what, Duration.ofSeconds(seconds), () -> scope.call(code));
    }

    private InstanceContext context(InstanceSetup now) {
        return new InstanceContext(
                id,
                now.settings(),
                now.password(),
                passwords::accept,
                database.dataSource(),
                now.webPath(),
                web,
                appSockets,
                executor,
                alarms,
                CLOCK,
                Path.of(now.folder()),
                Isolation.PROCESS);
    }

    /** A request has thrown this; of what a task threw the executor knows. */
    private void failed(Error error) {
        executor.failed(error);
        executor.fatal().ifPresent(reason -> platform.broken(new BrokenMessage(id.toString(), error.toString())));
    }

    /** @param deadlocked threads of this process; with one of them that runs a task of its executor the instance cannot go on */
    void breakDeadlock(List<ThreadInfo> deadlocked) {
        deadlock = deadlocked.isEmpty() ? Optional.empty() : Optional.of(Deadlocks.describe(deadlocked));
        if (deadlocked.stream().anyMatch(thread -> executor.isRunBy(thread.getThreadId()))) {
            String reason = "Its executor is in a deadlock: " + deadlock.orElseThrow();
            platform.broken(new BrokenMessage(id.toString(), reason));
        }
    }

    Health health() throws Exception {
        Optional<String> fatal = executor.fatal();
        if (fatal.isPresent()) {
            platform.broken(new BrokenMessage(id.toString(), fatal.get()));
            return Health.down(fatal.get());
        }
        Optional<RunningCall> stuck = executor.stuck(Duration.ofSeconds(service.stuckSeconds()));
        return stuck.isPresent()
                ? Health.down("A task of its executor runs for more than " + service.stuckSeconds() + " s; it is at "
                        + stuck.get().stack())
                : withDeadlock(call("health", service.healthSeconds(), started.instance()::health));
    }

    /** An app that says it is well need not know of it. */
    private Health withDeadlock(Health health) {
        return health.status() == Health.Status.UP && deadlock.isPresent()
                ? Health.degraded("Threads of its process wait for each other until app:stop and app:start end it: "
                        + deadlock.get())
                : health;
    }

    boolean reconfigure(InstanceSetup changed) throws Exception {
        passwords.follow(changed);
        return call(
                "reconfigure", service.stopSeconds(), () -> started.instance().reconfigure(context(changed)));
    }

    /** The executor which its WebSockets' callbacks run on. */
    SerialExecutor executor() {
        return executor;
    }

    HostedDatabase database() {
        return database;
    }

    HostedWeb web() {
        return web;
    }

    /** Closes the app's object, its tasks, its registrations and its connections, whatever the app does about it. */
    void close() {
        started.close().ifPresent(this::closeApp);
        calls.close(id.toString(), executor, Duration.ofSeconds(service.stopSeconds()));
        alarms.close();
        path.close();
        database.close();
    }

    private void closeApp(AppInstance closing) {
        try {
            call("close", service.stopSeconds(), () -> {
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
