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
import platform.core.api.AlarmInfo;
import platform.core.api.Alarms;
import platform.core.api.Audit;
import platform.core.api.Caller;
import platform.core.api.PlatformException;

/** The active alarms, and buttons that acknowledge and clear them. */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + AlarmsTab.LABEL,
            ServletConstants.PLUGIN_TITLE + "=Alarms",
            ServletConstants.PLUGIN_CATEGORY + "=" + ConsoleTab.CATEGORY,
            ConsoleLogin.ROLE + "=viewer",
            ConsoleLogin.SCOPED + ":Boolean=true"
        })
public final class AlarmsTab extends ConsoleTab {

    static final String LABEL = "platform-alarms";

    private static final long serialVersionUID = 1L;
    private static final String ACKNOWLEDGE = "ack";
    private static final String CLEAR = "clear";

    private final transient Optional<Alarms> alarms;

    @Activate
    public AlarmsTab(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Alarms alarms,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Audit audit) {
        super(
                "alarm",
                List.of("Alarm", "Severity", "Text", "Cause", "Since", "Times", "Acknowledged"),
                Optional.ofNullable(audit));
        this.alarms = Optional.ofNullable(alarms);
    }

    @Override
    List<Row> rows(Caller caller) {
        return alarms.orElseThrow(ConsoleTab::managerMissing).active().stream()
                .filter(it -> caller.scope().includes(it.source()))
                .map(AlarmsTab::row)
                .toList();
    }

    private static Row row(AlarmInfo it) {
        return new Row(
                it.id(),
                List.of(
                        it.id(),
                        it.severity().toString(),
                        it.text(),
                        it.cause(),
                        it.first().toString(),
                        String.valueOf(it.count()),
                        it.acknowledged().map(by -> by.by()).orElse("")),
                it.acknowledged().isPresent() ? List.of(CLEAR) : List.of(ACKNOWLEDGE, CLEAR));
    }

    @Override
    void act(String action, String target, Caller caller) {
        Alarms all = alarms.orElseThrow(ConsoleTab::managerMissing);
        AlarmInfo alarm = all.active().stream()
                .filter(it -> it.id().equals(target))
                .findFirst()
                .orElseThrow(() -> PlatformException.notFound("The alarm " + target + " is over: nothing is changed."));
        if (action.equals(CLEAR)) {
            all.clear(alarm.source(), alarm.code());
        } else {
            all.acknowledge(alarm.source(), alarm.code(), caller.user());
        }
    }
}
