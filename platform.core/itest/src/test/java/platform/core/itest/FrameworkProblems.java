package platform.core.itest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Finds out what does not run in a framework, and why: a sentence for each. */
final class FrameworkProblems {

    private FrameworkProblems() {}

    /** Bundles that are not active, fragments aside. */
    static List<String> bundles(BundleContext context) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(bundle -> bundle + " does not run: " + whyNotStarted(bundle))
                .toList();
    }

    /** Only an attempt to start makes the framework say what is missing. */
    private static String whyNotStarted(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return "it was not started; now it is";
        } catch (BundleException e) {
            return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause());
        }
    }

    /** Components of the platform's own bundles that are not satisfied, with what they lack. */
    static List<String> components(BundleContext context) {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        if (reference == null) {
            return List.of("There is no ServiceComponentRuntime");
        }
        ServiceComponentRuntime components = context.getService(reference);
        List<String> problems = new ArrayList<>();
        for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs(ours(context))) {
            components.getComponentConfigurationDTOs(component).stream()
                    .flatMap(FrameworkProblems::problem)
                    .forEach(problems::add);
        }
        return problems;
    }

    private static Bundle[] ours(BundleContext context) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("platform."))
                .toArray(Bundle[]::new);
    }

    private static Stream<String> problem(ComponentConfigurationDTO configuration) {
        String name = configuration.description.name;
        return switch (configuration.state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> Stream.of(name + " lacks its configuration");
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Arrays.stream(configuration.unsatisfiedReferences)
                        .map(reference -> name + " lacks " + reference.name
                                + (reference.target == null ? "" : " " + reference.target));
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> Stream.of(name + " failed: " + configuration.failure);
            default -> Stream.empty();
        };
    }
}
