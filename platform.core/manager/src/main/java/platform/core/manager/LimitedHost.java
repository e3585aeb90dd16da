package platform.core.manager;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppService;
import platform.core.api.PlatformException;
import platform.core.api.ServiceUse;

/** A host whose calls are given up when they take too long, and whose classes are watched once it is gone. */
final class LimitedHost implements ServiceHost {

    private static final Logger LOG = LoggerFactory.getLogger(LimitedHost.class);

    private final ServiceHost host;
    private final Supervision supervision;
    private final Duration more;
    private WeakReference<ClassLoader> loader = new WeakReference<>(null);

    LimitedHost(ServiceHost host, Supervision supervision) {
        this(host, supervision, Duration.ZERO);
    }

    /** @param more that a start may take than the app's own */
    LimitedHost(ServiceHost host, Supervision supervision, Duration more) {
        this.host = host;
        this.supervision = supervision;
        this.more = more;
    }

    @Override
    public AppFile file() {
        return host.file();
    }

    @Override
    public AppService start() {
        try {
            AppService service = supervision.call(
                    source(), "start", supervision.settings().startLimit().plus(more), host::start);
            loader = new WeakReference<>(service.getClass().getClassLoader());
            return service;
        } catch (PlatformException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PlatformException.failed("It was interrupted while it started.", e);
        } catch (Exception e) {
            throw PlatformException.failed("It does not start: " + e.getMessage(), e);
        }
    }

    /** As what alarms name it. */
    private String source() {
        return "app." + file().name();
    }

    @Override
    public List<URL> migrations() {
        return host.migrations();
    }

    @Override
    public Optional<Long> process() {
        return host.process();
    }

    @Override
    public Optional<ServiceUse> use() {
        return host.use();
    }

    @Override
    public Optional<String> caveat() {
        return host.caveat();
    }

    @Override
    public void trace(Set<String> loggers) {
        host.trace(loggers);
    }

    @Override
    public void stop() {
        end("stop", host::stop);
    }

    @Override
    public void uninstall() {
        end("uninstall", host::uninstall);
        ClassLoader gone = loader.get();
        if (gone != null && gone != getClass().getClassLoader()) {
            supervision.leaks().gone(source(), gone);
        }
    }

    /** It may take as long as a start: the framework waits for a start that hangs. */
    private void end(String what, Runnable end) {
        try {
            supervision.call(source(), what, supervision.settings().startLimit(), Executors.callable(end));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("{} did not {} cleanly", file().name(), what, e);
        }
    }
}
