package platform.core.admin;

import java.util.List;
import java.util.Optional;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Instances;
import platform.core.api.Services;
import platform.core.api.State;

/** Names the services and instances that are not well. They are warnings: the platform itself is not worse for them. */
@Component(
        property = {
            HealthCheck.NAME + "=Services and instances",
            HealthCheck.TAGS + "=live",
            HealthCheck.TAGS + "=ready"
        })
public final class PartsCheck implements HealthCheck {

    private final Optional<Services> services;
    private final Optional<Instances> instances;

    @Activate
    public PartsCheck(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Services services,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances) {
        this.services = Optional.ofNullable(services);
        this.instances = Optional.ofNullable(instances);
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        List<Part> parts = Part.all(services, instances).toList();
        log.info("{} services and instances", parts.size());
        parts.forEach(part -> {
            // One that was stopped on purpose is as it should be.
            if (part.state() == State.STOPPED || part.ready() == Result.Status.OK) {
                log.info("{}", part.text());
            } else {
                log.warn("{}", part.text());
            }
        });
        return new Result(log);
    }
}
