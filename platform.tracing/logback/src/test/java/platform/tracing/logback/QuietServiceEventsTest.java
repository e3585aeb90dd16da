package platform.tracing.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;
import org.osgi.service.log.LogReaderService;
import org.slf4j.LoggerFactory;

/** The OSGi log hears of services that come and go only when somebody wants to read it. */
class QuietServiceEventsTest {

    private final Bundle log = fake(Bundle.class, null);
    private final BundleContext logContext = fake(BundleContext.class, log);
    private final BundleContext other = fake(BundleContext.class, fake(Bundle.class, null));
    private final ListenerInfo all = fake(ListenerInfo.class, null);
    private final ListenerInfo filtered = fake(ListenerInfo.class, "(objectClass=x)");
    private final Map<BundleContext, Collection<ListenerInfo>> listeners = Map.of(
            logContext, new ArrayList<>(List.of(all, filtered)),
            other, new ArrayList<>(List.of(all, filtered)));
    private final Logger events = (Logger) LoggerFactory.getLogger("Events.Service");

    @AfterEach
    void resetLevel() {
        events.setLevel(null);
    }

    @Test
    void theLogIsNotToldWhatItWouldNotWrite() {
        events.setLevel(Level.WARN);
        hook().event(null, listeners);
        assertThat(listeners.get(logContext)).containsExactly(filtered);
        assertThat(listeners.get(other)).containsExactly(all, filtered);
    }

    @Test
    void theLogIsToldWhatItWouldWrite() {
        events.setLevel(Level.INFO);
        hook().event(null, listeners);
        assertThat(listeners.get(logContext)).containsExactly(all, filtered);
    }

    @SuppressWarnings("unchecked")
    private QuietServiceEvents hook() {
        return new QuietServiceEvents((ServiceReference<LogReaderService>) fake(ServiceReference.class, log));
    }

    /** Answers everything with the same, and is equal to itself alone. */
    private static <T> T fake(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> Objects.hashCode(System.identityHashCode(self));
                    default -> answer;
                }));
    }
}
