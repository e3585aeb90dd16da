package platform.core.dist;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Why a declarative service is missing. The component runtime knows; its classes are those of a bundle, so it is asked by
 * reflection.
 */
final class Components {

    private static final String RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";
    private static final int UNSATISFIED_REFERENCE = 2;
    private static final int FAILED_ACTIVATION = 16;

    private final List<String> problems = new ArrayList<>();

    private Components() {}

    /** A sentence for each component that waits for a service, or failed. */
    static List<String> problems(BundleContext context) {
        Components components = new Components();
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(RUNTIME, null);
            if (found != null) {
                components.ask(context.getService(found[0]));
            }
        } catch (InvalidSyntaxException | ReflectiveOperationException e) {
            components.problems.add("The component runtime does not say more: " + e);
        }
        return components.problems;
    }

    private void ask(Object runtime) throws ReflectiveOperationException {
        Class<?> type = runtime.getClass().getClassLoader().loadClass(RUNTIME);
        Class<?> description =
                type.getClassLoader().loadClass("org.osgi.service.component.runtime.dto.ComponentDescriptionDTO");
        var descriptions = type.getMethod("getComponentDescriptionDTOs", Bundle[].class);
        var configurations = type.getMethod("getComponentConfigurationDTOs", description);
        for (Object component : (Collection<?>) descriptions.invoke(runtime, (Object) new Bundle[0])) {
            for (Object state : (Collection<?>) configurations.invoke(runtime, component)) {
                look(component, state);
            }
        }
    }

    private void look(Object component, Object configuration) throws ReflectiveOperationException {
        Object state = field(configuration, "state");
        if (state.equals(FAILED_ACTIVATION)) {
            problems.add("The component " + field(component, "name") + " failed: "
                    + String.valueOf(field(configuration, "failure"))
                            .lines()
                            .findFirst()
                            .orElse(""));
        } else if (state.equals(UNSATISFIED_REFERENCE)) {
            problems.add("The component " + field(component, "name") + " waits for "
                    + String.join(", ", waiting(component, configuration)) + ".");
        }
    }

    private static List<String> waiting(Object component, Object configuration) throws ReflectiveOperationException {
        List<String> interfaces = new ArrayList<>();
        for (Object reference : elements(field(configuration, "unsatisfiedReferences"))) {
            for (Object described : elements(field(component, "references"))) {
                if (field(described, "name").equals(field(reference, "name"))) {
                    interfaces.add(String.valueOf(field(described, "interfaceName")));
                }
            }
        }
        return interfaces;
    }

    private static List<Object> elements(Object array) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    private static Object field(Object dto, String name) throws ReflectiveOperationException {
        return dto.getClass().getField(name).get(dto);
    }
}
