package platform.core.admin;

import jakarta.servlet.Servlet;
import java.util.List;
import java.util.Optional;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Audit;
import platform.core.api.Caller;
import platform.core.api.ServiceInfo;
import platform.core.api.Services;

/** The apps with their states, and buttons that start and stop them with all their instances. */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + AppsTab.LABEL,
            ServletConstants.PLUGIN_TITLE + "=Apps",
            ServletConstants.PLUGIN_CATEGORY + "=" + ConsoleTab.CATEGORY,
            ConsoleLogin.ROLE + "=viewer"
        })
public final class AppsTab extends ConsoleTab {

    static final String LABEL = "platform-apps";

    private static final long serialVersionUID = 1L;

    private final transient Optional<Services> services;

    @Activate
    public AppsTab(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Services services,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Audit audit) {
        super(
                "app",
                List.of("App", "Title", "Version", "State", "Since", "Reason", "Instances"),
                Optional.ofNullable(audit));
        this.services = Optional.ofNullable(services);
    }

    @Override
    List<Row> rows(Caller caller) {
        return services.orElseThrow(ConsoleTab::managerMissing).list().stream()
                .map(AppsTab::row)
                .toList();
    }

    private static Row row(ServiceInfo it) {
        return new Row(
                it.name(),
                List.of(
                        it.name(),
                        it.title(),
                        it.version(),
                        it.state().toString(),
                        it.since().toString(),
                        it.reason(),
                        String.valueOf(it.instances())),
                Lifecycle.actions(it.state()));
    }

    @Override
    void act(String action, String target, Caller caller) {
        Services all = services.orElseThrow(ConsoleTab::managerMissing);
        Lifecycle.act(action, () -> all.start(target), () -> all.stop(target));
    }
}
