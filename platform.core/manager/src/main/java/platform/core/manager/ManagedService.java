package platform.core.manager;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppService;
import platform.core.api.Isolation;
import platform.core.api.PlatformException;
import platform.core.api.ServiceInfo;
import platform.core.api.ServicePlace;
import platform.core.api.State;
import platform.tracing.api.ServiceLog;
import platform.tracing.api.Tracing;

/**
 * One file of the apps folder and the service that it became. Changes are made one at a time under the lock; what it is now
 * can be read without.
 */
final class ManagedService {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedService.class);

    /** How long requests wait while it moves. */
    private static final Duration MOVE = Duration.ofSeconds(5);

    /** How much longer the start of an app may take with that of its JVM. It says itself where the app hangs. */
    private static final Duration JVM = Duration.ofSeconds(15);

    private final ReentrantLock lock = new ReentrantLock();
    private final String fileName;
    private final Supervision supervision;
    private final Tracing tracing;
    private final ServiceHosts hosts;
    private final Lifecycle life;
    private volatile ServiceHost host;
    /** Where it runs: the host itself, or a process. */
    private volatile ServiceHost place;

    private volatile RunningService running;
    private ServiceLog log;
    private ServiceObserver observer;

    ManagedService(String fileName, Clock clock, Supervision supervision, Tracing tracing, ServiceHosts hosts) {
        this.fileName = fileName;
        this.supervision = supervision;
        this.tracing = tracing;
        this.hosts = hosts;
        this.life = supervision.newLifecycle(clock);
    }

    /** The name that the app gives itself; the file's name as long as no version could be adopted. */
    String name() {
        ServiceHost current = host;
        return current == null
                ? fileName.replaceFirst("\\.jar$", "")
                : current.file().name();
    }

    boolean isAdopted() {
        return host != null;
    }

    Optional<RunningService> running() {
        return Optional.ofNullable(running);
    }

    /** Its file, if that is an app. */
    Optional<AppFile> file() {
        return Optional.ofNullable(host).map(ServiceHost::file);
    }

    ServiceInfo info(int instances) {
        ServiceHost current = host;
        Status now = life.status();
        String title = current == null ? fileName : current.file().title();
        String version = current == null ? "" : current.file().version();
        return new ServiceInfo(
                name(), title, version, now.state(), now.reason(), now.since(), now.nextAttempt(), fileName, instances);
    }

    /** Adopts the file, new or changed. A file that does not fit changes nothing about a version that is there. */
    void adopt(Path path, Function<AppFile, Optional<String>> objection) {
        locked(() -> {
            try {
                AppFile file = AppFile.read(path);
                objection.apply(file).ifPresent(reason -> {
                    throw PlatformException.conflict(reason);
                });
                adopt(file);
            } catch (PlatformException e) {
                refuse(e.getMessage());
            }
        });
    }

    private void adopt(AppFile file) {
        if (host != null && host.file().hash().equals(file.hash())) {
            // What was said of another file is past; why this one does not run is not.
            if (life.isUp()) {
                life.explain("");
            }
            return;
        }
        ServiceHost fresh = new LimitedHost(hosts.install(file), supervision);
        if (host != null) {
            halt("is being updated");
            uninstall();
            closeLog();
        }
        host = fresh;
        life.release();
        LOG.info("{} {} adopted from {}", file.name(), file.version(), fileName);
        runIfWanted();
    }

    private void refuse(String reason) {
        LOG.warn("{} refused: {}", fileName, reason);
        if (host == null) {
            life.refused(reason);
        } else {
            life.explain("The new file was refused, version " + host.file().version() + " stays. " + reason);
        }
    }

    /** From now on somebody holds the instances, and the service may run. */
    void attach(ServiceObserver newObserver) {
        locked(() -> {
            observer = newObserver;
            runIfWanted();
        });
    }

    /** Stops the service; it waits for the next observer. */
    void detach() {
        locked(() -> {
            halt("is stopping with the platform");
            observer = null;
        });
    }

    private void runIfWanted() {
        if (host == null) {
            return;
        }
        if (observer == null) {
            wait("It waits for the manager's database.");
        } else if (!observer.isWanted(name())) {
            life.stopped("An administrator stopped it.");
        } else {
            tryToRun();
        }
    }

    private void wait(String reason) {
        if (life.status().state() == State.INSTALLED) {
            life.explain(reason);
        } else {
            life.stopped(reason);
        }
    }

    private void tryToRun() {
        try {
            run();
        } catch (PlatformException e) {
            LOG.error("{} does not start: {}", name(), e.getMessage(), e);
        }
    }

    private void run() {
        if (running != null) {
            return;
        }
        life.starting();
        openLog();
        try {
            ServiceHost next = place();
            run(next, next.start());
        } catch (PlatformException e) {
            life.failed(e.getMessage());
            throw e;
        }
        observer.serviceStarted(name());
    }

    private void run(ServiceHost next, AppService service) {
        place = next;
        ServiceTraces traces = new ServiceTraces(tracing, host.file().symbolicName(), next::trace);
        running = new RunningService(service, host.migrations(), traces);
        life.running();
        LOG.info("{} {} runs", name(), host.file().version());
    }

    ServicePlace place(PlaceRecord kept) {
        ServiceHost now = running == null ? null : place;
        return now == null
                ? new ServicePlace(
                        kept.isolation(), kept.limits(), Optional.empty(), Optional.empty(), Optional.empty())
                : new ServicePlace(kept.isolation(), kept.limits(), now.process(), now.use(), now.caveat());
    }

    private ServiceHost place() {
        PlaceRecord wanted = observer.place(name());
        if (wanted.isolation() == Isolation.BUNDLE) {
            return host;
        }
        ServiceHost process = hosts.process(host, wanted.number(), wanted.limits(), this::lost);
        return new LimitedHost(process, supervision, JVM);
    }

    /** Its process has ended by itself. */
    private void lost(String reason) {
        locked(() -> {
            if (running != null && place != host) {
                life.stopping(reason);
                observer.serviceRestarting(name(), Duration.ZERO);
                end("has failed. " + reason);
                life.failed(reason);
                life.status().nextAttempt().ifPresent(at -> supervision.at(at, this::retry));
            }
        });
    }

    /** Moves it, or limits it anew, while its instances' requests wait. */
    void move(UnaryOperator<PlaceRecord> change) {
        locked(() -> {
            requireUsable();
            PlaceRecord before = observer.place(name());
            PlaceRecord after = change.apply(before);
            if (after.equals(before)) {
                return;
            }
            observer.setPlace(name(), after);
            boolean concerned = before.isolation() != after.isolation() || after.isolation() == Isolation.PROCESS;
            if (running == null || !concerned) {
                return;
            }
            if (before.isolation() == after.isolation() || after.isolation() == Isolation.BUNDLE) {
                observer.serviceRestarting(name(), MOVE);
                halt("is moving");
                run();
            } else {
                moveIntoProcess(before);
            }
        });
    }

    /** The JVM is up before the instances stop, so that requests wait for no more than those. If it does not start nothing has moved. */
    private void moveIntoProcess(PlaceRecord before) {
        ServiceHost process;
        AppService service;
        try {
            process = place();
            service = process.start();
        } catch (PlatformException e) {
            observer.setPlace(name(), before);
            throw PlatformException.failed(name() + " stays where it is. " + e.getMessage(), e);
        }
        observer.serviceRestarting(name(), MOVE);
        halt("is moving");
        life.starting();
        run(process, service);
        observer.serviceStarted(name());
    }

    /** Whether it has failed and is to be tried again now. */
    boolean isDue() {
        return life.isDue();
    }

    /** Tries it again, unless somebody else is at it. */
    void retry() {
        if (lock.tryLock()) {
            try {
                if (life.isDue() && host != null && observer != null && observer.isWanted(name())) {
                    tryToRun();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    void start() {
        locked(() -> {
            requireUsable();
            observer.setWanted(name(), true);
            life.release();
            run();
        });
    }

    void stop() {
        locked(() -> {
            requireUsable();
            observer.setWanted(name(), false);
            halt("was stopped by an administrator");
            life.stopped("An administrator stopped it.");
        });
    }

    private void requireUsable() {
        if (host == null) {
            throw PlatformException.conflict(
                    "Service " + name() + " cannot be used. " + life.status().reason());
        }
        if (observer == null) {
            throw PlatformException.conflict(
                    "Service " + name() + " cannot be used yet: the manager's database is away.");
        }
    }

    /** Stops instances and service, whatever they were. */
    private void halt(String reason) {
        if (running == null) {
            return;
        }
        life.stopping("");
        end(reason + ".");
        life.stopped("");
        LOG.info("{} stopped: it {}", name(), reason);
    }

    private void end(String reason) {
        running = null;
        observer.serviceStopping(name(), "Its app " + name() + " " + reason);
        place.stop();
    }

    private void uninstall() {
        host.uninstall();
        hosts.forget(name());
    }

    /** The file is gone. */
    void remove() {
        locked(() -> {
            halt("was removed from the apps folder");
            if (host != null) {
                uninstall();
                LOG.info("{} removed with its file {}", name(), fileName);
                host = null;
            }
            closeLog();
        });
    }

    private void openLog() {
        if (log == null) {
            log = tracing.open(name(), host.file().symbolicName());
        }
    }

    private void closeLog() {
        if (log != null) {
            log.close();
            log = null;
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
