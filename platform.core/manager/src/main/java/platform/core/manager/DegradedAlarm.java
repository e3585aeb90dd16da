package platform.core.manager;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;

/** Says why the platform has no database, while somebody tries to get it one. */
@Component(
        service = {},
        immediate = true)
public final class DegradedAlarm {

    private static final String SOURCE = "platform";
    private static final String CODE = "database-unavailable";

    private final Alarms alarms;
    private String reason;

    @Activate
    public DegradedAlarm(@Reference Alarms alarms) {
        this.alarms = alarms;
    }

    @Reference(
            target = "(" + Condition.CONDITION_ID + "=platform.degraded)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC)
    synchronized void bindDegraded(Condition degraded, Map<String, Object> properties) {
        reason = String.valueOf(properties.get("reason"));
        alarms.raise(new AlarmSpec(
                SOURCE,
                CODE,
                AlarmSeverity.CRITICAL,
                "The platform's own database cannot be opened: no app and no instance runs. It is tried again at least every minute.",
                reason,
                List.of("platform:disk")));
    }

    /** Somebody else may say so already, for another reason. */
    synchronized void unbindDegraded(Condition degraded, Map<String, Object> properties) {
        if (String.valueOf(properties.get("reason")).equals(reason)) {
            alarms.clear(SOURCE, CODE);
        }
    }
}
