package platform.core.manager;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import platform.core.api.AppService;

/** Asks Declarative Services why an app's bundle registers no {@link AppService}. */
@Component(service = ComponentDiagnosis.class)
public final class ComponentDiagnosis {

    private static final String CAUSE = "Caused by: ";

    private final ServiceComponentRuntime components;

    @Activate
    public ComponentDiagnosis(@Reference ServiceComponentRuntime components) {
        this.components = components;
    }

    /** Whether waiting for the service is in vain: a component has failed, or none provides it. */
    boolean isHopeless(Bundle bundle) {
        var descriptions = components.getComponentDescriptionDTOs(bundle);
        return !descriptions.isEmpty()
                && descriptions.stream()
                        .noneMatch(component -> providesService(component) && failure(component) == null);
    }

    String whyNoService(Bundle bundle) {
        var descriptions = components.getComponentDescriptionDTOs(bundle);
        if (descriptions.stream().noneMatch(ComponentDiagnosis::providesService)) {
            return "The bundle registers no AppService. Annotate the class that implements it with @Component.";
        }
        return descriptions.stream()
                .filter(ComponentDiagnosis::providesService)
                .map(this::why)
                .collect(Collectors.joining(" "));
    }

    private static boolean providesService(ComponentDescriptionDTO component) {
        for (String provided : component.serviceInterfaces) {
            if (provided.equals(AppService.class.getName())) {
                return true;
            }
        }
        return false;
    }

    private String why(ComponentDescriptionDTO component) {
        String failure = failure(component);
        if (failure != null) {
            return "Component " + component.name + " failed: " + rootCause(failure);
        }
        String missing = components.getComponentConfigurationDTOs(component).stream()
                .flatMap(configuration -> Arrays.stream(configuration.unsatisfiedReferences))
                .map(reference -> reference.name)
                .collect(Collectors.joining(", "));
        return "Component " + component.name + " lacks what it refers to (" + missing
                + "): an app sees only its own services.";
    }

    /** The runtime gives the whole stack trace; its last cause is what the app threw. */
    private static String rootCause(String stackTrace) {
        return stackTrace
                .lines()
                .filter(line -> line.startsWith(CAUSE))
                .reduce((earlier, later) -> later)
                .map(line -> line.substring(CAUSE.length()))
                .or(() -> stackTrace.lines().findFirst())
                .orElse("it gave no reason.");
    }

    private String failure(ComponentDescriptionDTO component) {
        for (ComponentConfigurationDTO configuration : components.getComponentConfigurationDTOs(component)) {
            if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                return configuration.failure;
            }
        }
        return null;
    }
}
