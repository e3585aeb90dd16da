package platform.core.manager;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import platform.core.api.Isolation;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.ServiceInfo;
import platform.core.api.ServicePlace;
import platform.core.api.ServicePlaces;
import platform.core.api.Services;
import platform.core.instance.Workers;
import platform.tracing.api.Tracing;

/**
 * The services of the {@code apps} folder. FileInstall watches the folder and tells of new, changed and removed files; what
 * becomes of them is decided here. Needs no database: what cannot run without one waits for its {@link ServiceObserver}.
 */
@Component(
        immediate = true,
        service = {Services.class, ServicePlaces.class, AppServices.class, ArtifactInstaller.class})
public final class AppServices implements Services, ServicePlaces, ArtifactInstaller {

    /** The end of a message about an app that is not there. */
    static final String WHERE_APPS_ARE = "app:list, or over REST GET /apps, shows what is there.";

    private final Map<String, ManagedService> byFile = new ConcurrentHashMap<>();
    private final Path folder;
    private final Clock clock;
    private final Supervision supervision;
    private final Tracing tracing;
    private final ServiceHosts hosts;
    private volatile ServiceObserver observer;

    /** The hooks are only referred to so that they are in force before the first app is resolved. */
    @Activate
    public AppServices(
            BundleContext context,
            @Reference Tracing tracing,
            @Reference ComponentDiagnosis diagnosis,
            @Reference Supervision supervision,
            @Reference Workers workers,
            @Reference(target = "(component.name=platform.core.manager.IsolationHooks)") ResolverHookFactory hooks) {
        this(
                PlatformFolders.of(context).create("apps"),
                tracing,
                supervision,
                Clock.systemUTC(),
                new PlatformHosts(context, diagnosis, supervision, workers));
    }

    AppServices(Path folder, Tracing tracing, Supervision supervision, Clock clock, ServiceHosts hosts) {
        this.folder = folder;
        this.supervision = supervision;
        this.clock = clock;
        this.tracing = tracing;
        this.hosts = hosts;
        adoptAll();
    }

    /** Adopts what lies in the folder already, without waiting for FileInstall's first rounds. */
    private void adoptAll() {
        try (Stream<Path> files = Files.list(folder)) {
            files.map(Path::toFile).filter(this::isApp).sorted().forEach(this::install);
        } catch (IOException e) {
            throw new UncheckedIOException("The apps folder " + folder + " cannot be read", e);
        }
    }

    @Deactivate
    void close() {
        byFile.values().forEach(ManagedService::remove);
        hosts.close();
    }

    /** Takes every file of the folder, so that FileInstall itself never installs one past the manager. */
    @Override
    public boolean canHandle(File artifact) {
        return folder.equals(artifact.toPath().toAbsolutePath().getParent());
    }

    private boolean isApp(File file) {
        return file.isFile()
                && file.getName().endsWith(".jar")
                && !file.getName().startsWith(".");
    }

    @Override
    public void install(File file) {
        if (isApp(file)) {
            byFile.computeIfAbsent(file.getName(), this::newService).adopt(file.toPath(), this::objection);
        }
    }

    private ManagedService newService(String fileName) {
        ManagedService service = new ManagedService(fileName, clock, supervision, tracing, hosts);
        if (observer != null) {
            service.attach(observer);
        }
        return service;
    }

    /** Why a file may not become a service although it is sound. */
    private Optional<String> objection(AppFile file) {
        String fileName = file.path().getFileName().toString();
        for (Map.Entry<String, ManagedService> other : byFile.entrySet()) {
            boolean same = other.getKey().equals(fileName);
            if (!same && other.getValue().isAdopted() && other.getValue().name().equals(file.name())) {
                return Optional.of("The app '" + file.name() + "' is already there as " + other.getKey()
                        + ". Remove one of the two files.");
            }
            if (same && other.getValue().isAdopted() && !other.getValue().name().equals(file.name())) {
                return Optional.of("The file held the app '" + other.getValue().name() + "' and now holds '"
                        + file.name() + "'. Give the new app a file of its own.");
            }
        }
        return Optional.empty();
    }

    @Override
    public void update(File file) {
        install(file);
    }

    @Override
    public void uninstall(File file) {
        // FileInstall also says so when a file was replaced faster than it looked.
        ManagedService gone = file.exists() ? null : byFile.remove(file.getName());
        if (gone != null) {
            gone.remove();
        }
    }

    /** From now on the services run, those that are wanted; they are told one after the other. */
    void attach(ServiceObserver newObserver) {
        observer = newObserver;
        byFile.values().forEach(service -> service.attach(newObserver));
    }

    /** Has those that have failed and whose time has come be tried again. */
    void retry(Executor executor) {
        byFile.values().stream().filter(ManagedService::isDue).forEach(service -> executor.execute(service::retry));
    }

    /** Stops all services until there is an observer again. */
    void detach() {
        observer = null;
        byFile.values().forEach(ManagedService::detach);
    }

    /**
     * @throws PlatformException NOT_FOUND when there is no such app, CONFLICT when there is only a file that is none
     */
    void requireApp(String name) {
        ManagedService service = require(name);
        if (!service.isAdopted()) {
            throw PlatformException.conflict("The app '" + name + "' can have no instances: its file is no app. "
                    + service.info(0).reason());
        }
    }

    /** The service of this name if it runs. */
    Optional<RunningService> running(String name) {
        return lookUp(name).flatMap(ManagedService::running);
    }

    /** The file of the service of this name, if there is one that is an app. */
    Optional<AppFile> file(String name) {
        return lookUp(name).flatMap(ManagedService::file);
    }

    /**
     * The name of the file that an app has, or would have.
     *
     * @throws PlatformException CONFLICT when another app is there
     */
    String fileFor(String app) {
        String fileName = lookUp(app).map(it -> info(it).file()).orElse(app + ".jar");
        ManagedService present = byFile.get(fileName);
        if (present != null && present.isAdopted() && !present.name().equals(app)) {
            throw PlatformException.conflict(
                    "The file " + fileName + " is the app '" + present.name() + "'. Give that file another name.");
        }
        return fileName;
    }

    @Override
    public List<ServiceInfo> list() {
        return byFile.values().stream()
                .map(this::info)
                .sorted(Comparator.comparing(ServiceInfo::name).thenComparing(ServiceInfo::file))
                .toList();
    }

    @Override
    public Optional<ServiceInfo> find(String name) {
        return lookUp(name).map(this::info);
    }

    private ServiceInfo info(ManagedService service) {
        ServiceObserver current = observer;
        return service.info(current == null ? 0 : current.countInstances(service.name()));
    }

    @Override
    public void start(String name) {
        require(name).start();
    }

    @Override
    public void stop(String name) {
        require(name).stop();
    }

    @Override
    public ServicePlace place(String name) {
        ManagedService service = require(name);
        return service.place(observer == null ? PlaceRecord.DEFAULT : observer.place(name));
    }

    @Override
    public void isolate(String name, Isolation isolation) {
        require(name).move(place -> place.with(isolation));
    }

    @Override
    public void limit(String name, ProcessLimits limits) {
        limits.requireWithin(machineMegabytes());
        require(name).move(place -> place.with(limits));
    }

    /** What a container gets, where the platform is in one. */
    private static int machineMegabytes() {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return (int) (machine.getTotalMemorySize() >> 20);
    }

    private Optional<ManagedService> lookUp(String name) {
        // An adopted service goes before a broken file that merely bears its name.
        return byFile.values().stream()
                .filter(service -> service.name().equals(name))
                .max(Comparator.comparing(ManagedService::isAdopted));
    }

    private ManagedService require(String name) {
        return lookUp(name)
                .orElseThrow(() -> PlatformException.notFound(
                        "There is no app '" + name + "'. Copy its jar into " + folder + ". " + WHERE_APPS_ARE));
    }
}
