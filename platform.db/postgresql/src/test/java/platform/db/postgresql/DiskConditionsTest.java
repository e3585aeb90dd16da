package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.condition.Condition;
import platform.db.api.DiskLevel;

/** Which conditions hold at which level, in a framework that only keeps a list of them. */
class DiskConditionsTest {

    private final Set<String> registered = new TreeSet<>();

    @Test
    void aLevelShowsItsConditionAndThoseOfTheBetterOnes() {
        try (DiskConditions conditions = new DiskConditions(context())) {
            conditions.show(DiskLevel.OK);
            assertThat(registered).isEmpty();
            conditions.show(DiskLevel.FULL);
            conditions.show(DiskLevel.FULL);
            assertThat(registered).containsExactly("platform.disk.full", "platform.disk.low", "platform.disk.very-low");
            conditions.show(DiskLevel.LOW);
            assertThat(registered).containsExactly("platform.disk.low");
        }
        assertThat(registered).isEmpty();
    }

    private BundleContext context() {
        return fake(BundleContext.class, arguments -> {
            String id = (String) ((Dictionary<?, ?>) arguments[2]).get(Condition.CONDITION_ID);
            assertThat(registered.add(id)).as("registered once").isTrue();
            return fake(ServiceRegistration.class, none -> registered.remove(id));
        });
    }

    /** What a call does, whichever it is. */
    private interface Call {
        Object with(Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Object result = call.with(args);
            return method.getReturnType() == void.class ? null : result;
        }));
    }
}
