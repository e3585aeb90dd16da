package platform.core.admin;

import jakarta.servlet.Servlet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Audit;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.ServiceInfo;
import platform.core.api.ServicePlace;
import platform.core.api.ServicePlaces;
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

    private static final int MEGABYTE = 1 << 20;

    private final transient Optional<Services> services;
    private final transient Optional<ServicePlaces> places;

    @Activate
    public AppsTab(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Services services,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    ServicePlaces places,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Audit audit) {
        super(
                "app",
                List.of("App", "Title", "Version", "State", "Since", "Reason", "Instances", "Process"),
                Optional.ofNullable(audit));
        this.services = Optional.ofNullable(services);
        this.places = Optional.ofNullable(places);
    }

    @Override
    List<Row> rows(Caller caller) {
        return services.orElseThrow(ConsoleTab::managerMissing).list().stream()
                .map(this::row)
                .toList();
    }

    private Row row(ServiceInfo it) {
        return new Row(
                it.name(),
                List.of(
                        it.name(),
                        it.title(),
                        it.version(),
                        it.state().toString(),
                        it.since().toString(),
                        it.reason(),
                        String.valueOf(it.instances()),
                        process(it.name())),
                Lifecycle.actions(it.state()));
    }

    /** What the process of its own uses, and how much it may; nothing for one that has none. */
    private String process(String app) {
        try {
            return places.map(it -> it.place(app)).flatMap(AppsTab::use).orElse("");
        } catch (PlatformException e) {
            return e.getMessage();
        }
    }

    private static Optional<String> use(ServicePlace place) {
        ProcessLimits limits = place.limits();
        return place.use()
                .map(use -> String.join(
                        ", ",
                        of("memory " + use.memory() / MEGABYTE, limits.memoryMegabytes(), " MB"),
                        of(String.format(Locale.ROOT, "CPU %.1f", use.cpuPercent()), limits.cpuPercent(), " %"),
                        of("files " + use.files(), limits.files(), "")));
    }

    private static String of(String use, int limit, String unit) {
        return limit == ProcessLimits.NONE ? use + unit : use + " of " + limit + unit;
    }

    @Override
    void act(String action, String target, Caller caller) {
        Services all = services.orElseThrow(ConsoleTab::managerMissing);
        Lifecycle.act(action, () -> all.start(target), () -> all.stop(target));
    }
}
