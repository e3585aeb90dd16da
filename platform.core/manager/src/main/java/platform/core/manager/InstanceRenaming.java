package platform.core.manager;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.InstanceInfo;
import platform.core.api.PlatformException;
import platform.core.api.ProvisioningListener;
import platform.core.api.RenamePlan;
import platform.core.api.RenameRequest;
import platform.core.api.Renaming;
import platform.core.instance.Workers;
import platform.webserver.api.Webserver;

/** Renames domains and hosts: plans it, checks the plan again under the locks of all that it touches, and carries it out. */
@Component
public final class InstanceRenaming implements Renaming {

    private static final Logger LOG = LoggerFactory.getLogger(InstanceRenaming.class);

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Clock clock = Clock.systemUTC();
    private final InstanceManager instances;
    private final RenameJournal journal;
    private final PlatformFolders folders;
    private final Workers workers;
    private final ProvisioningListener listener;
    private final RenameWarnings warnings;
    /** Who keeps names elsewhere reads them anew. */
    private final Runnable renamed;

    @Activate
    public InstanceRenaming(
            BundleContext context,
            @Reference InstanceManager instances,
            @Reference Webserver webserver,
            @Reference Workers workers,
            @Reference ProvisioningListeners listeners,
            @Reference UserBook users) {
        this(PlatformFolders.of(context), instances, webserver, workers, listeners, users::reload);
    }

    InstanceRenaming(
            PlatformFolders folders,
            InstanceManager instances,
            Webserver webserver,
            Workers workers,
            ProvisioningListener listener,
            Runnable renamed) {
        this.renamed = renamed;
        this.instances = instances;
        this.journal = instances.renameJournal();
        this.folders = folders;
        this.workers = workers;
        this.listener = listener;
        this.warnings = new RenameWarnings(folders.data().resolve("etc"), new ServedCertificate(webserver::addresses));
    }

    @Override
    public RenamePlan plan(RenameRequest request) {
        RenamePlan plan =
                plan(RenameDraft.of(request, records(), clock.instant()), request.oldName(), request.newName());
        if (plan.changes().isEmpty() && plan.warnings().isEmpty()) {
            throw nothing(request);
        }
        return plan;
    }

    private static PlatformException nothing(RenameRequest request) {
        String what = request.kind() == RenameRequest.Kind.DOMAIN
                ? "No instance is in the domain " + request.oldName() + ", and no setting names it."
                : "No setting of an instance names the host " + request.oldName() + ".";
        return PlatformException.notFound(what + " There is nothing to rename; instance:list shows the instances.");
    }

    @Override
    public RenamePlan planUndo() {
        RenameDraft draft = undoDraft();
        return plan(draft, draft.request().newName(), draft.request().oldName());
    }

    private RenameDraft undoDraft() {
        return RenameDraft.undoOf(
                journal.last()
                        .orElseThrow(() -> PlatformException.notFound("There is no renaming that could be undone.")),
                records(),
                clock.instant());
    }

    private RenamePlan plan(RenameDraft draft, String from, String to) {
        List<String> besides = new ArrayList<>(draft.warnings());
        besides.addAll(warnings.about(draft, from, to));
        return new RenamePlan(draft.request(), draft.undoes().isPresent(), draft.describe(), conflicts(draft), besides);
    }

    private List<String> conflicts(RenameDraft draft) {
        Collection<ManagedInstance> all = instances.all();
        List<String> conflicts = new ArrayList<>();
        for (RecordChange change : draft.changes()) {
            idConflict(change).ifPresent(conflicts::add);
            pathConflict(change, all).ifPresent(conflicts::add);
            hostConflict(change).ifPresent(conflicts::add);
            folderConflict(change).ifPresent(conflicts::add);
        }
        return conflicts;
    }

    private Optional<String> idConflict(RecordChange change) {
        return change.changesId() && instances.find(change.after().id()).isPresent()
                ? Optional.of("There is already an instance " + change.after().id() + ".")
                : Optional.empty();
    }

    private Optional<String> pathConflict(RecordChange change, Collection<ManagedInstance> all) {
        return change.changesPath()
                ? refusal(change, asked -> instances.factory().checkPath(asked, all))
                : Optional.empty();
    }

    private Optional<String> hostConflict(RecordChange change) {
        return change.changesHost() ? refusal(change, instances.factory()::checkHost) : Optional.empty();
    }

    private static Optional<String> refusal(RecordChange change, Consumer<InstanceRecord> check) {
        try {
            // Asked by its present name: what leads to the instance already is its own.
            check.accept(change.after().withId(change.before().id()));
            return Optional.empty();
        } catch (PlatformException e) {
            return Optional.of(change.before().id() + ": " + e.getMessage());
        }
    }

    private Optional<String> folderConflict(RecordChange change) {
        String[] folder = Provisioner.folder(change.after());
        return change.changesId() && folders.isOccupied(folder)
                ? Optional.of("The folder " + String.join("/", folder) + " is not empty. Move it away.")
                : Optional.empty();
    }

    @Override
    public List<InstanceInfo> apply(RenamePlan plan, Consumer<InstanceInfo> progress) {
        oneAtATime.lock();
        try {
            journal.takeBackUncommitted();
            List<ManagedInstance> touched = touched(draft(plan));
            return ManagedInstance.exclusively(touched, () -> applyLocked(plan, touched, progress));
        } finally {
            oneAtATime.unlock();
        }
    }

    private RenameDraft draft(RenamePlan plan) {
        return plan.undo() ? undoDraft() : RenameDraft.of(plan.request(), records(), clock.instant());
    }

    private List<ManagedInstance> touched(RenameDraft draft) {
        List<InstanceRecord> records =
                draft.changes().stream().map(RecordChange::before).toList();
        return instances.all().stream()
                .filter(instance -> records.contains(instance.record()))
                .toList();
    }

    private List<InstanceInfo> applyLocked(
            RenamePlan plan, List<ManagedInstance> locked, Consumer<InstanceInfo> progress) {
        RenameDraft draft = draft(plan);
        requireUnchanged(plan, draft);
        List<RenamedInstance> parts = draft.changes().stream()
                .map(change -> new RenamedInstance(instances, change, managed(change, locked)))
                .toList();
        List<InstanceInfo> changed =
                new RenameRun(journal, draft, parts, workers, listener).run(clock.instant(), progress);
        renamed.run();
        LOG.info("{}: {} instances changed", what(plan), changed.size());
        return changed;
    }

    private static String what(RenamePlan plan) {
        String names = plan.request().oldName() + " to " + plan.request().newName();
        return plan.undo() ? "Took back the renaming of " + names : "Renamed " + names;
    }

    private void requireUnchanged(RenamePlan plan, RenameDraft draft) {
        if (!draft.request().equals(plan.request()) || !draft.describe().equals(plan.changes())) {
            throw PlatformException.conflict(
                    "The instances have changed since the plan was made, and nothing was renamed. Make a new plan.");
        }
        if (draft.changes().isEmpty() && !plan.undo()) {
            throw PlatformException.conflict(
                    "There is nothing that the platform could rename by itself; the warnings of"
                            + " the plan say where else " + plan.request().oldName() + " is named.");
        }
        List<String> conflicts = conflicts(draft);
        if (!conflicts.isEmpty()) {
            throw PlatformException.conflict("Nothing was renamed. " + String.join(" ", conflicts));
        }
    }

    private static ManagedInstance managed(RecordChange change, List<ManagedInstance> locked) {
        return locked.stream()
                .filter(instance -> instance.record().equals(change.before()))
                .findFirst()
                .orElseThrow(() -> PlatformException.conflict(
                        change.before().id() + " has changed meanwhile, and nothing was renamed. Make a new plan."));
    }

    private List<InstanceRecord> records() {
        return instances.all().stream().map(ManagedInstance::record).toList();
    }
}
