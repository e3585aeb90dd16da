package platform.core.manager;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.ProvisioningListener;
import platform.core.api.QuotaChange;
import platform.core.api.QuotaKind;
import platform.db.api.DatabaseServers;

/**
 * Makes and removes what an instance needs. One list of idempotent steps: making runs it forwards, removing backwards. The
 * journal is the instance's row: it is written first, with phase CREATING, and removed last. A row that is not READY after a
 * crash is removed by the same steps, so nothing is left orphaned, wherever it was cut off.
 */
final class Provisioner {

    private static final Logger LOG = LoggerFactory.getLogger(Provisioner.class);

    private static final String DATABASE = "database";

    private final ManagerTables tables;
    private final ProvisioningListener listener;
    private final QuotaBook quotas;
    private final List<Step> steps;

    Provisioner(
            ManagerTables tables,
            DatabaseServers servers,
            QuotaBook quotas,
            PlatformFolders folders,
            ProvisioningListener listener) {
        this.tables = tables;
        this.listener = listener;
        this.quotas = quotas;
        this.steps = List.of(
                new Step("folder", (it, first) -> folders.createPrivate(folder(it)), it -> folders.delete(folder(it))),
                new Step(
                        "role",
                        (it, first) -> servers.on(it.server()).createRole(it.databaseSpec()),
                        it -> servers.on(it.server()).dropRole(it.database())),
                new Step(
                        DATABASE,
                        (it, first) -> servers.on(it.server()).createDatabase(it.databaseSpec(), first.migrations()),
                        it -> servers.on(it.server()).dropDatabase(it.database())),
                // They go with the role and the record.
                new Step("quota", (it, first) -> quotas.apply(List.of(it)), it -> {}));
    }

    static String[] folder(InstanceRecord instance) {
        return new String[] {"instances", instance.id().domain(), instance.id().name()};
    }

    /** Makes it whole, or, when a step fails, takes back what was made and throws. */
    void create(InstanceRecord instance, FirstContent first) {
        listener.beforeStep(instance.id(), "create", "record");
        tables.insert(instance);
        try {
            for (Step step : steps) {
                listener.beforeStep(instance.id(), "create", step.name);
                step.apply.accept(instance, first);
            }
            first.fill().accept(instance.database());
            limit(instance, first.limits());
            listener.beforeStep(instance.id(), "create", "ready");
            tables.setPhase(instance.id(), Phase.READY);
        } catch (RuntimeException e) {
            takeBack(instance, e);
            throw e;
        }
    }

    private void limit(InstanceRecord instance, Map<QuotaKind, Optional<Long>> limits) {
        if (!limits.isEmpty()) {
            quotas.tables().change(instance.id(), new QuotaChange(limits, Set.of()));
            quotas.apply(List.of(instance));
        }
    }

    /** Makes what its database needs, where that is missing. */
    void prepare(InstanceRecord instance) {
        steps.stream()
                .takeWhile(step -> !step.name.equals(DATABASE))
                .forEach(step -> step.apply.accept(instance, FirstContent.schema(List.of(), Map.of())));
    }

    /** Also for who cancels: an interrupt would break the connection that this needs. */
    private void takeBack(InstanceRecord instance, RuntimeException failure) {
        boolean interrupted = Thread.interrupted();
        try {
            remove(instance);
        } catch (RuntimeException e) {
            LOG.error("{} could not be taken back; the next start of the platform does it", instance.id(), e);
            failure.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Removes all of it. Repeating what was cut off is safe. */
    void remove(InstanceRecord instance) {
        listener.beforeStep(instance.id(), "delete", "begin");
        tables.setPhase(instance.id(), Phase.DELETING);
        for (int i = steps.size() - 1; i >= 0; i--) {
            listener.beforeStep(instance.id(), "delete", steps.get(i).name);
            steps.get(i).undo.accept(instance);
        }
        listener.beforeStep(instance.id(), "delete", "record");
        tables.delete(instance.id());
    }

    /** A step and its opposite; both may be repeated. */
    private record Step(String name, BiConsumer<InstanceRecord, FirstContent> apply, Consumer<InstanceRecord> undo) {}
}
