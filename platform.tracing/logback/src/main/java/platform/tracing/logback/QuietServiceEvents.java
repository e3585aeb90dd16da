package platform.tracing.logback;

import java.util.Collection;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogReaderService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does not tell the OSGi log of each service that comes or goes while such events are not logged: it takes a stack trace for
 * each of them, which was a fifth of what starting an instance cost.
 */
@Component(immediate = true)
public final class QuietServiceEvents implements EventListenerHook {

    /** The OSGi log's name for them. */
    private static final Logger EVENTS = LoggerFactory.getLogger("Events.Service");

    private final Bundle log;

    /**
     * @param reader of the bundle that is the OSGi log
     */
    @Activate
    public QuietServiceEvents(@Reference ServiceReference<LogReaderService> reader) {
        log = reader.getBundle();
    }

    /** Only its listener without a filter is the log; with the others it looks for what it needs itself. */
    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
        if (EVENTS.isInfoEnabled()) {
            return;
        }
        listeners.forEach((context, infos) -> {
            if (log.equals(context.getBundle())) {
                infos.removeIf(info -> info.getFilter() == null);
            }
        });
    }
}
