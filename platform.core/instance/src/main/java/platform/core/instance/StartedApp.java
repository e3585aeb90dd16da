package platform.core.instance;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppInstance;

/** What an app's start has returned. An instance that comes up when nobody waits for it any more is closed again. */
public final class StartedApp {

    private static final Logger LOG = LoggerFactory.getLogger(StartedApp.class);

    private final String id;
    private AppInstance instance;
    private boolean closed;

    public StartedApp(String id) {
        this.id = id;
    }

    /** To be called by the thread that has started it. */
    public void take(AppInstance started) {
        if (started == null) {
            throw new IllegalStateException("the app's start returned null");
        }
        synchronized (this) {
            if (!closed) {
                instance = started;
                return;
            }
        }
        LOG.warn("{} started after it had been given up, and is closed", id);
        started.close();
    }

    /** Only while it is started and not closed. */
    public synchronized AppInstance instance() {
        return instance;
    }

    /** From now on it is closed. Gives what is to be closed, once. */
    public synchronized Optional<AppInstance> close() {
        closed = true;
        Optional<AppInstance> open = Optional.ofNullable(instance);
        instance = null;
        return open;
    }
}
