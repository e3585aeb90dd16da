package platform.core.manager;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import platform.core.api.ProcessLimits;
import platform.core.instance.Workers;

/** The hosts of this platform. */
final class PlatformHosts implements ServiceHosts {

    private final BundleContext context;
    private final ComponentDiagnosis diagnosis;
    private final Supervision supervision;
    private final Workers workers;
    private final PlatformFolders folders;
    private final ControlGroups groups = new ControlGroups(Path.of("/sys/fs/cgroup"), Path.of("/proc/self/cgroup"));
    private ChildCache cache;

    PlatformHosts(BundleContext context, ComponentDiagnosis diagnosis, Supervision supervision, Workers workers) {
        this.context = context;
        this.diagnosis = diagnosis;
        this.supervision = supervision;
        this.workers = workers;
        this.folders = PlatformFolders.of(context);
    }

    @Override
    public ServiceHost install(AppFile file) {
        return BundleHost.install(context, diagnosis, file);
    }

    @Override
    public ServiceHost process(ServiceHost installed, int number, ProcessLimits limits, Consumer<String> onLost) {
        List<Path> classPath = ProcessPlace.classPath(Path.of(context.getProperty("platform.home")));
        ProcessPlace place = ProcessPlace.of(
                installed.file().name(), number, limits, folders, classPath, cache(classPath), groups, workers);
        return new ProcessHost(installed, place, supervision, onLost);
    }

    private synchronized ChildCache cache(List<Path> classPath) {
        if (cache == null) {
            cache = new ChildCache(folders, classPath, workers.pool());
        }
        return cache;
    }

    @Override
    public synchronized void close() {
        if (cache != null) {
            cache.close();
        }
    }

    @Override
    public void forget(String app) {
        ProcessPlace.forget(app, folders);
    }
}
