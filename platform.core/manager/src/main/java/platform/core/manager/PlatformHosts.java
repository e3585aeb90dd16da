package platform.core.manager;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import platform.core.api.ProcessLimits;
import platform.core.instance.Workers;

/** The hosts of this platform. */
record PlatformHosts(BundleContext context, ComponentDiagnosis diagnosis, Supervision supervision, Workers workers)
        implements ServiceHosts {

    private static final ControlGroups GROUPS =
            new ControlGroups(Path.of("/sys/fs/cgroup"), Path.of("/proc/self/cgroup"));

    @Override
    public ServiceHost install(AppFile file) {
        return BundleHost.install(context, diagnosis, file);
    }

    @Override
    public ServiceHost process(ServiceHost installed, int number, ProcessLimits limits, Consumer<String> onLost) {
        ProcessPlace place = ProcessPlace.of(
                installed.file().name(),
                number,
                limits,
                PlatformFolders.of(context),
                Path.of(context.getProperty("platform.home")),
                GROUPS,
                workers,
                supervision.settings());
        return new ProcessHost(installed, place, supervision.settings(), onLost);
    }

    @Override
    public void forget(String app) {
        ProcessPlace.forget(app, PlatformFolders.of(context));
    }
}
