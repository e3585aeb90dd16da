package platform.core.manager;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Alarms;
import platform.core.api.InstanceId;
import platform.core.api.InstanceQuotas;
import platform.core.api.PlatformException;
import platform.core.api.QuotaChange;
import platform.core.api.QuotaInfo;
import platform.core.api.QuotaKind;
import platform.core.instance.Workers;
import platform.db.api.DatabaseException;
import platform.db.api.QuotaState;
import platform.db.api.QuotaUse;
import platform.tracing.api.Tracing;

/** Puts the limits of all instances into force, and looks again and again whether they are kept. */
@Component(immediate = true, service = InstanceQuotas.class, configurationPid = "platform.core.manager")
@Designate(ocd = QuotaConfig.class)
public final class QuotaWatch implements InstanceQuotas {

    private static final Logger LOG = LoggerFactory.getLogger(QuotaWatch.class);

    private final InstanceManager instances;
    private final QuotaBook book;
    private final QuotaAlarms alarms;
    private final LoadAlarms loadAlarms;
    private final Tracing tracing;
    private final Workers workers;
    private final ScheduledFuture<?> timer;
    private boolean applied;
    /** Instances and services whose logs have a limit. */
    private Set<String> limited = Set.of();

    @Activate
    public QuotaWatch(
            @Reference InstanceManager instances,
            @Reference Alarms alarms,
            @Reference Workers workers,
            @Reference Tracing tracing,
            QuotaConfig config) {
        this.instances = instances;
        this.book = instances.quotas();
        this.alarms = new QuotaAlarms(alarms);
        this.loadAlarms = new LoadAlarms(alarms);
        this.tracing = tracing;
        this.workers = workers;
        book.setDefaults(QuotaDefaults.of(config));
        applyAll();
        this.timer = workers.timer()
                .scheduleWithFixedDelay(this::checkSoon, 0, Math.max(1, config.quota_period()), TimeUnit.SECONDS);
    }

    /** What fails now is tried again with the next look. */
    private synchronized void applyAll() {
        try {
            book.apply(instances.all().stream().map(ManagedInstance::record).toList());
            applied = true;
        } catch (DatabaseException | PlatformException e) {
            LOG.warn("The quotas of the instances are not in force yet: {}", e.getMessage());
        }
    }

    private void checkSoon() {
        workers.pool().execute(this::check);
    }

    /** One look at all instances and their databases. */
    synchronized void check() {
        if (!applied) {
            applyAll();
        }
        try {
            checkLoad();
            List<QuotaState> states = book.quotas().check();
            Map<String, InstanceId> owners = instances.all().stream()
                    .map(ManagedInstance::record)
                    .collect(Collectors.toMap(InstanceRecord::database, InstanceRecord::id));
            alarms.update(states, owners, book.limits(List.copyOf(owners.values())));
        } catch (DatabaseException | PlatformException e) {
            LOG.warn("Whether the quotas of the instances are kept cannot be seen to now: {}", e.getMessage());
        }
    }

    private void checkLoad() {
        Map<InstanceId, LoadRefusals> refusals = new HashMap<>();
        List<ManagedInstance> all = instances.all();
        Map<InstanceId, Map<QuotaKind, Optional<Long>>> limits =
                book.limits(all.stream().map(it -> it.record().id()).toList());
        Map<String, Long> appLogs = new HashMap<>();
        for (ManagedInstance instance : all) {
            InstanceId id = instance.record().id();
            if (limits.containsKey(id)) {
                LoadLimits its = LoadLimits.of(limits.get(id));
                limit(instance, its);
                appLogs.merge(instance.record().app(), its.logBytes(), Math::max);
                refusals.put(id, instance.refusals(tracing.use(id.toString())));
            }
        }
        Map<String, Long> dropped = limitApps(appLogs);
        forgetAllBut(Stream.concat(refusals.keySet().stream().map(InstanceId::toString), appLogs.keySet().stream())
                .collect(Collectors.toUnmodifiableSet()));
        loadAlarms.update(refusals, limits, dropped);
    }

    /** What belongs to no instance, such as what a process prints, may be as much as the most that one of the app's instances may log. */
    private Map<String, Long> limitApps(Map<String, Long> bytesPerHour) {
        bytesPerHour.forEach(tracing::limit);
        return bytesPerHour.keySet().stream()
                .collect(Collectors.toMap(app -> app, app -> tracing.use(app).dropped()));
    }

    private void forgetAllBut(Set<String> owners) {
        limited.stream().filter(owner -> !owners.contains(owner)).forEach(tracing::forget);
        limited = owners;
    }

    private void limit(ManagedInstance instance, LoadLimits limits) {
        instance.limit(limits);
        tracing.limit(instance.record().id().toString(), limits.logBytes());
    }

    @Override
    public List<QuotaInfo> of(InstanceId id) {
        ManagedInstance instance = instances.require(id);
        InstanceRecord record = instance.record();
        Map<QuotaKind, Optional<Long>> limits = book.limits(List.of(id)).get(id);
        Map<QuotaKind, Optional<Long>> own = book.tables().read().getOrDefault(id, Map.of());
        QuotaUse use = told(() -> book.quotas().use(record.database()));
        Function<QuotaKind, QuotaInfo> info =
                kind -> new QuotaInfo(kind, used(use, instance, kind), limits.get(kind), own.containsKey(kind));
        return Stream.of(QuotaKind.values()).map(info).toList();
    }

    private long used(QuotaUse use, ManagedInstance instance, QuotaKind kind) {
        return switch (kind) {
            case REQUESTS -> instance.use(Optional.empty()).requests().inFlight();
            case SOCKETS -> instance.webSockets().open();
            case TASKS -> instance.executor().use().waiting();
            case LOG -> tracing.use(instance.record().id().toString()).bytes();
            case CONNECTIONS -> use.connections();
            case STATEMENT_TIME -> use.longestStatement().toMillis();
            case IDLE_IN_TRANSACTION -> use.longestIdle().toMillis();
            case TEMP -> use.temporaryBytes();
            case SIZE_SOFT, SIZE_HARD -> use.bytes();
        };
    }

    @Override
    public boolean isClosed(InstanceId id) {
        String database = instances.require(id).record().database();
        return told(() -> book.quotas().use(database)).closed();
    }

    @Override
    public List<QuotaInfo> change(InstanceId id, QuotaChange change) {
        change.limits().forEach(QuotaDefaults::check);
        ManagedInstance instance = instances.require(id);
        instance.exclusively(id, () -> {
            checkSizes(id, change);
            book.tables().change(id, change);
            told(() -> {
                book.apply(List.of(instance.record()));
                return null;
            });
            limit(instance, LoadLimits.of(book.limits(List.of(id)).get(id)));
            LOG.info("{} has new quotas: {}", id, change);
            return null;
        });
        checkSoon();
        return of(id);
    }

    /** Only what was set for the instance: a document that sets one limit must not fail by another platform's defaults. */
    private void checkSizes(InstanceId id, QuotaChange change) {
        Map<QuotaKind, Optional<Long>> own = new HashMap<>(book.tables().read().getOrDefault(id, Map.of()));
        own.keySet().removeAll(change.toDefault());
        own.putAll(change.limits());
        if (change.limits().containsKey(QuotaKind.SIZE_SOFT) || change.limits().containsKey(QuotaKind.SIZE_HARD)) {
            QuotaDefaults.checkSizes(
                    own.getOrDefault(QuotaKind.SIZE_SOFT, Optional.empty()),
                    own.getOrDefault(QuotaKind.SIZE_HARD, Optional.empty()));
        }
    }

    /** Work of the database's, whose exceptions are told as they are. */
    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (DatabaseException e) {
            throw PlatformException.failed(e.getMessage() + ".", e);
        }
    }

    @Deactivate
    void close() {
        timer.cancel(false);
    }
}
