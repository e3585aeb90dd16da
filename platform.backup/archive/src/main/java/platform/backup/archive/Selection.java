package platform.backup.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import platform.backup.api.ScheduleSpec;
import platform.core.api.Departure;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;

/**
 * Which instances a schedule means now. Those with the setting {@code backup.exclude=true}, and those that were moved to another platform
 * and whose remains are deleted soon, are never among them.
 */
final class Selection {

    /** The setting of an instance that keeps it out of every schedule and command file. */
    static final String EXCLUDE = "backup.exclude";

    private final Instances instances;
    private final Supplier<Map<InstanceId, Departure>> departures;

    Selection(Instances instances, Supplier<Map<InstanceId, Departure>> departures) {
        this.instances = instances;
        this.departures = departures;
    }

    /** Those that may be backed up. */
    private List<InstanceInfo> mine() {
        Map<InstanceId, Departure> away = departures.get();
        return instances.list().stream()
                .filter(it -> !"true".equals(it.settings().get(EXCLUDE)))
                .filter(it -> away.getOrDefault(it.id(), Departure.UNDECIDED)
                        .address()
                        .isEmpty())
                .toList();
    }

    /** By domain and name, the manager last; one that is named but does not exist is among them. */
    List<String> of(ScheduleSpec spec) {
        List<InstanceInfo> all = instances.list();
        List<String> found = new ArrayList<>();
        mine().stream()
                .filter(it -> isAny(spec.instances(), it) && !isAny(spec.exclude(), it))
                .forEach(it -> found.add(it.id().toString()));
        spec.instances().stream()
                .filter(it -> it.contains("@") && !spec.exclude().contains(it))
                .filter(it ->
                        all.stream().noneMatch(info -> info.id().toString().equals(it)))
                .forEach(found::add);
        boolean withManager =
                spec.instances().contains("all") || spec.instances().contains(BackupRunner.MANAGER);
        if (withManager && !spec.exclude().contains(BackupRunner.MANAGER)) {
            found.add(BackupRunner.MANAGER);
        }
        return found.stream().distinct().toList();
    }

    /** Every instance that is not excluded, by domain and name. */
    List<InstanceInfo> all() {
        return mine();
    }

    boolean exists(String instance) {
        return instance.equals(BackupRunner.MANAGER)
                || instances.list().stream().anyMatch(it -> it.id().toString().equals(instance));
    }

    private static boolean isAny(List<String> patterns, InstanceInfo instance) {
        return patterns.stream().anyMatch(it -> is(it, instance));
    }

    private static boolean is(String pattern, InstanceInfo instance) {
        return pattern.equals("all")
                || pattern.equals("domain:" + instance.id().domain())
                || pattern.equals("app:" + instance.app())
                || pattern.equals(instance.id().toString());
    }
}
