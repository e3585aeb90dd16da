package platform.core.manager;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppService;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.ServiceUse;
import platform.core.child.ChildFailedException;
import platform.core.child.ChildLostException;
import platform.core.child.ChildProcess;
import platform.core.child.ServiceSetup;

/**
 * Runs a service in a process of its own. The platform's framework holds the bundle all the same, resolved and never started: so a
 * jar that does not fit is refused at once, and its migrations can be read.
 */
final class ProcessHost implements ServiceHost {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessHost.class);

    private final ServiceHost installed;
    private final ProcessPlace place;
    private final Supervision supervision;
    private final Consumer<String> onLost;
    private volatile RemoteService service;
    private ChildPulse pulse;
    private volatile ControlGroup group;
    private String caveat;

    /** @param onLost told why, when the process ends by itself */
    ProcessHost(ServiceHost installed, ProcessPlace place, Supervision supervision, Consumer<String> onLost) {
        this.installed = installed;
        this.place = place;
        this.supervision = supervision;
        this.onLost = onLost;
    }

    @Override
    public AppFile file() {
        return installed.file();
    }

    @Override
    public synchronized AppService start() {
        String app = file().name();
        try {
            place.prepare();
            keepJar();
            service = new RemoteService(place);
            ChildProcess child =
                    ChildProcess.start(app, place.command(), place.folder().root(), service, this::error, this::lost);
            service.connect(child);
            enclose(child);
            ServiceSetup setup = setup();
            child.call(host -> host.open(setup));
            pulse = place.watch(child, supervision);
            return service;
        } catch (IOException | ChildFailedException | ChildLostException e) {
            stop();
            throw PlatformException.failed("Its process does not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw PlatformException.failed("It was interrupted while its process started.", e);
        }
    }

    /** What the kernel cannot be asked to hold is left to the JVM and the process's priority. */
    private void enclose(ChildProcess child) {
        ProcessLimits limits = place.limits();
        caveat = null;
        if (limits.memoryMegabytes() == ProcessLimits.NONE && limits.cpuPercent() == ProcessLimits.NONE) {
            return;
        }
        try {
            group = place.groups().enter(file().name(), child.pid(), limits);
        } catch (IOException e) {
            caveat = "The kernel does not enforce memory and CPU: " + e.getMessage();
            LOG.warn("{}: {}", file().name(), caveat);
        }
    }

    /** The file in the apps folder may be another one by the time that the process is started again. */
    private void keepJar() throws IOException {
        Path jar = place.folder().bundle();
        if (Files.exists(jar) && AppFile.read(jar).hash().equals(file().hash())) {
            return;
        }
        Files.copy(file().path(), jar, StandardCopyOption.REPLACE_EXISTING);
        place.share(jar);
        if (!AppFile.read(jar).hash().equals(file().hash())) {
            throw PlatformException.failed(
                    "Its file was changed: version " + file().version() + " cannot be started any more.", null);
        }
    }

    private ServiceSetup setup() {
        String loggers = file().symbolicName();
        Logger logger = LoggerFactory.getLogger(loggers);
        SupervisionSettings settings = supervision.settings();
        String level = logger.isTraceEnabled() ? "TRACE" : logger.isDebugEnabled() ? "DEBUG" : "INFO";
        return new ServiceSetup(
                file().name(),
                place.folder().bundle().toString(),
                place.folder().root().toString(),
                loggers,
                level,
                settings.startLimit().toSeconds(),
                settings.healthLimit().toSeconds(),
                settings.stuckLimit().toSeconds(),
                settings.stopLimit().toSeconds());
    }

    /** What it prints belongs into the app's log: by the logger's name it gets there. */
    private void error(String line) {
        LoggerFactory.getLogger(file().symbolicName()).warn("{}", line);
    }

    private void lost(String how) {
        ControlGroup limited = group;
        String reason = limited != null && limited.ranOut()
                ? how + " It had used up its memory of " + place.limits().memoryMegabytes() + "M: app:limit gives more."
                : how;
        LOG.error("{}: {}", file().name(), reason);
        onLost.accept(reason);
    }

    @Override
    public synchronized Optional<Long> process() {
        return service == null ? Optional.empty() : Optional.of(service.child().pid());
    }

    @Override
    public synchronized Optional<ServiceUse> use() {
        return Optional.ofNullable(pulse).map(ChildPulse::use);
    }

    @Override
    public synchronized Optional<String> caveat() {
        return Optional.ofNullable(caveat);
    }

    @Override
    public List<URL> migrations() {
        return installed.migrations();
    }

    @Override
    public void trace(Set<String> loggers) {
        RemoteService running = service;
        if (running != null) {
            running.trace(loggers);
        }
    }

    @Override
    public synchronized void stop() {
        if (pulse != null) {
            pulse.close();
            pulse = null;
        }
        if (service != null) {
            service.close();
            if (service.child() != null) {
                service.child().close();
            }
            service = null;
            if (group != null) {
                group.close();
                group = null;
            }
            place.clean();
        }
    }

    @Override
    public void uninstall() {
        stop();
        installed.uninstall();
    }
}
