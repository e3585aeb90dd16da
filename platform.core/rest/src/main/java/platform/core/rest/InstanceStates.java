package platform.core.rest;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceTransfer;
import platform.core.api.Metrics;

/** What else is known of instances, asked for once for all of them. */
final class InstanceStates {

    private InstanceStates() {}

    static List<Instance> of(Parts parts, List<InstanceInfo> instances) {
        Map<InstanceId, Map<String, Double>> usages = usages(parts);
        Map<InstanceId, Instant> proved = parts.find(InstanceTransfer.class)
                .map(InstanceTransfer::lastProofs)
                .orElse(Map.of());
        return instances.stream()
                .map(it -> Instance.of(
                        it, Optional.ofNullable(proved.get(it.id())), usages.getOrDefault(it.id(), Map.of())))
                .toList();
    }

    /** What does not change by itself, but for its state: it has a tag by which a change can be refused. */
    static Instance of(Parts parts, InstanceInfo instance) {
        Optional<Instant> proved = parts.find(InstanceTransfer.class)
                .flatMap(it -> it.proofs(instance.id()).values().stream().max(Comparator.naturalOrder()));
        return Instance.of(instance, proved, null);
    }

    static Map<String, Double> usage(Parts parts, InstanceId id) {
        return usages(parts).getOrDefault(id, Map.of());
    }

    private static Map<InstanceId, Map<String, Double>> usages(Parts parts) {
        Map<InstanceId, Map<String, Double>> usages = new HashMap<>();
        parts.find(Metrics.class)
                .map(Metrics::latest)
                .orElse(List.of())
                .forEach(point -> point.instance().ifPresent(id -> usages.put(id, Names.of(point))));
        return usages;
    }
}
