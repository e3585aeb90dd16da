package platform.core.manager;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.core.api.InstanceId;
import platform.core.api.QuotaKind;
import platform.db.api.Quota;
import platform.db.api.Quotas;

/** Which limits hold for which instance: those that were set for it, and the platform's defaults. */
final class QuotaBook {

    private final QuotaTables tables;
    private final Quotas quotas;
    private volatile Map<QuotaKind, Optional<Long>> defaults = QuotaDefaults.BUILT_IN;

    QuotaBook(QuotaTables tables, Quotas quotas) {
        this.tables = tables;
        this.quotas = quotas;
    }

    QuotaTables tables() {
        return tables;
    }

    Quotas quotas() {
        return quotas;
    }

    /** What holds for an instance that none were set for. */
    LoadLimits loadDefaults() {
        return LoadLimits.of(defaults);
    }

    LoadLimits loadLimits(InstanceId id) {
        return LoadLimits.of(limits(List.of(id)).get(id));
    }

    /** From the next {@link #apply} on. */
    void setDefaults(Map<QuotaKind, Optional<Long>> newDefaults) {
        defaults = new EnumMap<>(newDefaults);
    }

    /** Puts the limits of instances into force; they have their databases. */
    void apply(Collection<InstanceRecord> instances) {
        Map<InstanceId, Map<QuotaKind, Optional<Long>>> limits =
                limits(instances.stream().map(InstanceRecord::id).toList());
        Map<String, Quota> changed = new HashMap<>();
        instances.forEach(it -> changed.put(it.database(), quota(limits.get(it.id()))));
        quotas.apply(changed);
    }

    /** All limits that hold for instances. */
    Map<InstanceId, Map<QuotaKind, Optional<Long>>> limits(List<InstanceId> ids) {
        Map<InstanceId, Map<QuotaKind, Optional<Long>>> own = tables.read();
        Map<InstanceId, Map<QuotaKind, Optional<Long>>> limits = new HashMap<>();
        for (InstanceId id : ids) {
            Map<QuotaKind, Optional<Long>> all = new EnumMap<>(defaults);
            all.putAll(own.getOrDefault(id, Map.of()));
            limits.put(id, all);
        }
        return limits;
    }

    private static Quota quota(Map<QuotaKind, Optional<Long>> limits) {
        return new Quota(
                limits.get(QuotaKind.CONNECTIONS).map(Math::toIntExact),
                limits.get(QuotaKind.STATEMENT_TIME).map(Duration::ofMillis),
                limits.get(QuotaKind.IDLE_IN_TRANSACTION).map(Duration::ofMillis),
                limits.get(QuotaKind.TEMP),
                limits.get(QuotaKind.SIZE_SOFT),
                limits.get(QuotaKind.SIZE_HARD));
    }
}
