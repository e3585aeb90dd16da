package platform.core.manager;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import platform.db.api.DatabaseException;
import platform.db.api.QuotaState;
import platform.db.api.QuotaUse;

/** Puts the limits of all instances into force, and looks again and again whether they are kept. */
@Component(immediate = true, service = InstanceQuotas.class, configurationPid = "platform.core.manager")
@Designate(ocd = QuotaConfig.class)
public final class QuotaWatch implements InstanceQuotas {

    private static final Logger LOG = LoggerFactory.getLogger(QuotaWatch.class);

    private final InstanceManager instances;
    private final QuotaBook book;
    private final QuotaAlarms alarms;
    private final Workers workers;
    private final ScheduledFuture<?> timer;
    private boolean applied;

    @Activate
    public QuotaWatch(
            @Reference InstanceManager instances,
            @Reference Alarms alarms,
            @Reference Workers workers,
            QuotaConfig config) {
        this.instances = instances;
        this.book = instances.quotas();
        this.alarms = new QuotaAlarms(alarms);
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

    /** One look at all databases. */
    synchronized void check() {
        if (!applied) {
            applyAll();
        }
        try {
            List<QuotaState> states = book.quotas().check();
            Map<String, InstanceId> owners = instances.all().stream()
                    .map(ManagedInstance::record)
                    .collect(Collectors.toMap(InstanceRecord::database, InstanceRecord::id));
            // Mostly there is none, and no need to ask for limits.
            alarms.update(states, owners, states.isEmpty() ? Map.of() : book.limits(List.copyOf(owners.values())));
        } catch (DatabaseException | PlatformException e) {
            LOG.warn("Whether the quotas of the instances are kept cannot be seen to now: {}", e.getMessage());
        }
    }

    @Override
    public List<QuotaInfo> of(InstanceId id) {
        InstanceRecord record = instances.require(id).record();
        Map<QuotaKind, Optional<Long>> limits = book.limits(List.of(id)).get(id);
        Map<QuotaKind, Optional<Long>> own = book.tables().read().getOrDefault(id, Map.of());
        QuotaUse use = told(() -> book.quotas().use(record.database()));
        Function<QuotaKind, QuotaInfo> info =
                kind -> new QuotaInfo(kind, used(use, kind), limits.get(kind), own.containsKey(kind));
        return Stream.of(QuotaKind.values()).map(info).toList();
    }

    private static long used(QuotaUse use, QuotaKind kind) {
        return switch (kind) {
            case CONNECTIONS -> use.connections();
            case STATEMENT_TIME -> use.longestStatement().toMillis();
            case IDLE_IN_TRANSACTION -> use.longestIdle().toMillis();
            case TEMP -> use.temporaryBytes();
            case SIZE_SOFT, SIZE_HARD -> use.bytes();
        };
    }

    @Override
    public List<QuotaInfo> change(InstanceId id, QuotaChange change) {
        change.limits().forEach(QuotaDefaults::check);
        ManagedInstance instance = instances.require(id);
        instance.exclusively(id, () -> {
            book.tables().change(id, change);
            told(() -> {
                book.apply(List.of(instance.record()));
                return null;
            });
            LOG.info("{} has new quotas: {}", id, change);
            return null;
        });
        checkSoon();
        return of(id);
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
