package platform.core.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import platform.backup.api.BackupTargets;
import platform.backup.api.Schedules;
import platform.core.api.AlarmSinks;
import platform.core.api.AppFiles;
import platform.core.api.DesiredState;
import platform.core.api.InstanceQuotas;
import platform.core.api.Instances;
import platform.core.api.Platform;
import platform.core.api.ServicePlaces;
import platform.core.api.Services;
import platform.core.api.Settings;
import platform.core.api.StateDocument;
import platform.core.api.StatePlan;
import platform.core.api.Users;
import platform.webserver.api.Certificates;

/** The platform's state, made of what the services of the api tell and do. */
@Component
public final class StateService implements DesiredState {

    private static final String APPS = "apps";
    private static final DumpSettings YAML =
            DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();

    private final Settings settings;
    private final Certificates certificates;
    private final Services services;
    private final ServicePlaces places;
    private final AppFiles files;
    private final Instances instances;
    private final InstanceQuotas quotas;
    private final BackupTargets targets;
    private final Schedules schedules;
    private final AlarmSinks sinks;
    private final Users users;
    private final Platform platform;

    @Activate
    public StateService(
            @Reference Settings settings,
            @Reference Certificates certificates,
            @Reference Services services,
            @Reference ServicePlaces places,
            @Reference AppFiles files,
            @Reference Instances instances,
            @Reference InstanceQuotas quotas,
            @Reference BackupTargets targets,
            @Reference Schedules schedules,
            @Reference AlarmSinks sinks,
            @Reference Users users,
            @Reference Platform platform) {
        this.settings = settings;
        this.certificates = certificates;
        this.services = services;
        this.places = places;
        this.files = files;
        this.instances = instances;
        this.quotas = quotas;
        this.targets = targets;
        this.schedules = schedules;
        this.sinks = sinks;
        this.users = users;
        this.platform = platform;
    }

    /** In the order in which they are made: what others name comes first. */
    private List<StatePart> parts(StateSource source, String user, Collection<String> namedApps) {
        Set<String> apps = new HashSet<>(namedApps);
        services.list().forEach(it -> apps.add(it.name()));
        return List.of(
                new StateSettings(settings),
                new StateCertificates(certificates, source),
                new StateApps(services, places, files, source),
                new StateInstances(instances, quotas, apps),
                new StateTargets(targets),
                new StateSchedules(schedules),
                new StateSinks(sinks),
                new StateUsers(users, user));
    }

    @Override
    public Map<String, Object> export() {
        Map<String, Object> document = new LinkedHashMap<>();
        for (StatePart part : parts(new StateSource(platform.data(), false), "", List.of())) {
            Map<String, Object> all = part.export();
            if (!all.isEmpty()) {
                document.put(part.section(), all);
            }
        }
        return document;
    }

    @Override
    public String exportText() {
        return new Dump(YAML).dumpToString(export());
    }

    @Override
    public StatePlan plan(StateDocument wanted) {
        YamlBlock document = YamlBlock.parse(wanted.text());
        StateSecrets secrets = new StateSecrets(platform.data(), wanted.readsMachine());
        Collection<String> apps = document.has(APPS) ? document.block(APPS).keys() : List.of();
        List<StatePart> parts = parts(new StateSource(platform.data(), wanted.readsMachine()), wanted.user(), apps);
        document.allow(parts.stream().map(StatePart::section).toList());
        List<PlannedStep> steps = new ArrayList<>();
        List<PlannedStep> removals = new ArrayList<>();
        for (StatePart part : parts) {
            if (document.has(part.section())) {
                YamlBlock block = document.block(part.section());
                steps.addAll(part.steps(block, wanted.prune(), secrets));
                // What names others goes before them.
                removals.addAll(0, wanted.prune() ? part.removals(block) : List.of());
            }
        }
        steps.addAll(removals);
        return new Plan(steps);
    }
}
