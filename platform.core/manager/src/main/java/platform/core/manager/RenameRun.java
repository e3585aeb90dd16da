package platform.core.manager;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.InstanceInfo;
import platform.core.api.PlatformException;
import platform.core.api.ProvisioningListener;
import platform.core.instance.Workers;

/**
 * Carries a renaming out, under the locks of all instances that it changes. Up to the journal's commit all can be taken back,
 * here or, after a crash, at the next start; after it nothing can fail but the start of an instance.
 */
final class RenameRun {

    private static final Logger LOG = LoggerFactory.getLogger(RenameRun.class);

    private final RenameJournal journal;
    private final RenameDraft draft;
    private final List<RenamedInstance> parts;
    private final Workers workers;
    private final ProvisioningListener listener;

    RenameRun(
            RenameJournal journal,
            RenameDraft draft,
            List<RenamedInstance> parts,
            Workers workers,
            ProvisioningListener listener) {
        this.journal = journal;
        this.draft = draft;
        this.parts = parts;
        this.workers = workers;
        this.listener = listener;
    }

    /** Gives the instances as they are afterwards. */
    List<InstanceInfo> run(Instant now, Consumer<InstanceInfo> progress) {
        step("journal");
        long number = journal.begin(draft, now);
        try {
            prepare();
            step("records");
            journal.commit(number, draft);
        } catch (RuntimeException e) {
            if (!isCommitted(number, e)) {
                takeBack(e);
                throw PlatformException.failed(
                        draft.request().oldName() + " could not be renamed, and nothing has changed: " + e.getMessage(),
                        e);
            }
        }
        return goOn(progress);
    }

    private void prepare() {
        step("path");
        parts.forEach(RenamedInstance::reservePath);
        step("stop");
        workers.forEach(parts, RenamedInstance::stop);
        for (RenamedInstance part : parts) {
            listener.beforeStep(part.id(), "rename", "folder");
            if (part.change().changesId()) {
                journal.moveFolder(part.change());
            }
        }
    }

    /** A commit whose answer was lost may have been one. */
    private boolean isCommitted(long number, RuntimeException failure) {
        try {
            return journal.isCommitted(number);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            throw undecided(failure);
        }
    }

    private void takeBack(RuntimeException failure) {
        try {
            journal.takeBackUncommitted();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            throw undecided(failure);
        }
        workers.forEach(parts, RenamedInstance::stay);
    }

    private PlatformException undecided(RuntimeException failure) {
        String reason = "The renaming of " + draft.request().oldName()
                + " was cut off; the next start of the platform finishes it or takes it back.";
        LOG.error(reason, failure);
        parts.forEach(part -> part.stayStopped(reason));
        return PlatformException.failed(reason + " Restart the platform: " + failure.getMessage(), failure);
    }

    private List<InstanceInfo> goOn(Consumer<InstanceInfo> progress) {
        step("start");
        List<InstanceInfo> renamed = Collections.synchronizedList(new ArrayList<>());
        workers.forEach(parts, part -> {
            InstanceInfo info = part.goOn();
            synchronized (renamed) {
                renamed.add(info);
                progress.accept(info);
            }
        });
        List<InstanceInfo> byId = new ArrayList<>(renamed);
        byId.sort((one, other) -> one.id().compareTo(other.id()));
        return byId;
    }

    private void step(String name) {
        parts.stream().findFirst().ifPresent(first -> listener.beforeStep(first.id(), "rename", name));
    }
}
