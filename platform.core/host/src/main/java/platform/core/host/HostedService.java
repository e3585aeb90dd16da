package platform.core.host;

import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppService;
import platform.core.api.Health;
import platform.core.child.AbandonedMessage;
import platform.core.child.ChildFolder;
import platform.core.child.HostCalls;
import platform.core.child.InstanceSetup;
import platform.core.child.PlatformCalls;
import platform.core.child.RelayServlet;
import platform.core.child.ServiceSetup;
import platform.core.child.Verification;
import platform.core.instance.Deadlocks;
import platform.core.instance.LimitedCalls;
import platform.core.instance.Workers;
import platform.webserver.jetty.UnixWebserver;

/** The service of this process. Each call is answered on a worker: the thread that reads calls must not be held up. */
final class HostedService implements HostCalls {

    private static final Logger LOG = LoggerFactory.getLogger(HostedService.class);

    private final Workers workers;
    private final LimitedCalls calls;
    private final Map<String, HostedInstance> instances = new ConcurrentHashMap<>();
    private PlatformCalls platform;
    private volatile ServiceSetup setup;
    private volatile AppService service;
    private volatile UnixWebserver webserver;
    private volatile HostedSockets sockets;

    HostedService(Workers workers) {
        this.workers = workers;
        this.calls = new LimitedCalls(workers);
    }

    void connect(PlatformCalls newPlatform) {
        platform = newPlatform;
    }

    @Override
    public CompletableFuture<Void> open(ServiceSetup newSetup) {
        return later(() -> {
            AppFramework framework = prepare(newSetup);
            service = calls.call(
                    newSetup.app(),
                    "start",
                    Duration.ofSeconds(newSetup.startSeconds()),
                    () -> framework.run(Path.of(newSetup.bundle())));
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> rehearse(ServiceSetup newSetup) {
        return later(() -> {
            prepare(newSetup);
            service = new Rehearsal();
            return null;
        });
    }

    private AppFramework prepare(ServiceSetup newSetup) throws Exception {
        setup = newSetup;
        HostLog.configure(newSetup.loggers(), newSetup.level());
        ChildFolder folder = new ChildFolder(Path.of(newSetup.folder()));
        AppFramework framework = AppFramework.start(folder.cache());
        webserver =
                UnixWebserver.start(framework.context(), folder.requests(), RelayServlet.CLIENT, RelayServlet.SCHEME);
        sockets = HostedSockets.listen(folder.sockets(), instances);
        return framework;
    }

    @Override
    public CompletableFuture<Void> start(InstanceSetup instance) {
        return later(() -> {
            HostedInstance hosted =
                    new HostedInstance(instance, setup, workers, calls, webserver.webserver(), platform);
            instances.put(instance.id(), hosted);
            try {
                hosted.start(service);
            } catch (Exception | LinkageError e) {
                instances.remove(instance.id());
                hosted.close();
                throw e;
            }
            return null;
        });
    }

    @Override
    public CompletableFuture<Health> health(String instance) {
        return later(() -> require(instance).health());
    }

    @Override
    public CompletableFuture<Boolean> reconfigure(InstanceSetup changed) {
        return later(() -> require(changed.id()).reconfigure(changed));
    }

    @Override
    public CompletableFuture<Void> close(String instance) {
        return later(() -> {
            HostedInstance hosted = instances.remove(instance);
            if (hosted != null) {
                hosted.close();
            }
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> verify(Verification verification) {
        return later(() -> {
            try (HostedDatabase restored = new HostedDatabase(
                    "verification", verification.restored(), verification::restored, Optional.empty())) {
                service.verify(restored.dataSource(), verification.settings());
            }
            return null;
        });
    }

    @Override
    public void evictConnections(String instance) {
        Optional.ofNullable(instances.get(instance))
                .ifPresent(it -> workers.pool().execute(it.database()::evict));
    }

    @Override
    public void trace(Set<String> loggers) {
        HostLog.trace(loggers);
    }

    @Override
    public CompletableFuture<List<AbandonedMessage>> ping() {
        return later(() -> {
            List<ThreadInfo> deadlocked = Deadlocks.find();
            instances.values().forEach(it -> it.breakDeadlock(deadlocked));
            return calls.abandoned().stream()
                    .map(it -> new AbandonedMessage(it.owner(), it.what(), it.reason()))
                    .toList();
        });
    }

    private HostedInstance require(String instance) {
        HostedInstance hosted = instances.get(instance);
        if (hosted == null) {
            throw new IllegalStateException(instance + " does not run in this process.");
        }
        return hosted;
    }

    private <T> CompletableFuture<T> later(Callable<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        workers.pool().execute(() -> {
            try {
                answer.complete(work.call());
            } catch (Exception | LinkageError e) {
                LOG.debug("A call failed", e);
                String reason = e.getMessage() == null ? e.toString() : e.getMessage();
                answer.completeExceptionally(
                        new ResponseErrorException(new ResponseError(ResponseErrorCode.RequestFailed, reason, null)));
            }
        });
        return answer;
    }
}
