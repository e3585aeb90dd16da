package platform.core.admin;

import java.util.Optional;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.Alarms;
import platform.core.api.Platform;

/** Whether the platform has come up, and nothing of its own is in a critical state. */
@Component(property = {HealthCheck.NAME + "=Platform", HealthCheck.TAGS + "=started", HealthCheck.TAGS + "=ready"})
public final class PlatformCheck implements HealthCheck {

    private final Optional<Platform> platform;
    private final Optional<Alarms> alarms;

    @Activate
    public PlatformCheck(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Platform platform,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Alarms alarms) {
        this.platform = Optional.ofNullable(platform);
        this.alarms = Optional.ofNullable(alarms);
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        platform.ifPresentOrElse(
                it -> log.info("Up since {}", it.started()),
                () -> log.temporarilyUnavailable(
                        "The manager does not run: its database or the webserver is down or still starting."));
        alarms.stream()
                .flatMap(it -> it.active().stream())
                .filter(PlatformCheck::isCritical)
                .forEach(it -> log.temporarilyUnavailable("{}: {} {}", it.code(), it.text(), it.cause()));
        return new Result(log);
    }

    private static boolean isCritical(AlarmInfo alarm) {
        return alarm.source().equals("platform") && alarm.severity() == AlarmSeverity.CRITICAL;
    }
}
