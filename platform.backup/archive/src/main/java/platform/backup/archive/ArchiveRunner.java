package platform.backup.archive;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupSource;
import platform.backup.api.RunOutcome;

/** Makes archives on the targets of this platform, and in folders. */
@Component(service = BackupRunner.class)
public final class ArchiveRunner implements BackupRunner {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ArchiveBackups backups;
    private final Targets targets;

    @Activate
    public ArchiveRunner(@Reference ArchiveBackups backups, @Reference Targets targets) {
        this.backups = backups;
        this.targets = targets;
    }

    @Override
    public Result backUp(String instance, String target, String name, BackupProgress progress)
            throws InterruptedException {
        targets.mustTake(target, instance);
        return made(() -> {
            try (Target place = targets.openPlace(target)) {
                return backups.run(instance, place, name, progress);
            }
        });
    }

    @Override
    public Result put(String instance, URI url, BackupProgress progress) throws InterruptedException {
        targets.mustBeElsewhere(url);
        return made(() -> {
            try (Target place = new PutTarget(url, PATIENCE)) {
                return backups.run(instance, place, url.getPath(), progress);
            }
        });
    }

    @Override
    public void prove(String target, String name) throws InterruptedException {
        interruptibly(() -> backups.drill(new BackupSource(target, name), true, BackupProgress.NONE));
    }

    /** What makes a backup, or reads one. */
    private interface Work<T> {
        T run() throws IOException;
    }

    private static Result made(Work<BackupMaker.Made> work) throws InterruptedException {
        return new Result(interruptibly(work).bytes(), RunOutcome.COMPLETE, "");
    }

    private static <T> T interruptibly(Work<T> work) throws InterruptedException {
        try {
            return work.run();
        } catch (IOException e) {
            throw new BackupException(e.getMessage(), e);
        } catch (BackupException e) {
            if (Thread.interrupted()) {
                throw interrupted(e);
            }
            throw e;
        }
    }

    private static InterruptedException interrupted(BackupException cause) {
        InterruptedException interrupted = new InterruptedException(cause.getMessage());
        interrupted.initCause(cause);
        return interrupted;
    }

    @Override
    public List<Kept> kept(String target, String prefix) {
        return on(
                target,
                place -> place.list(prefix).stream()
                        .map(file -> new Kept(file.name(), file.modified()))
                        .toList());
    }

    @Override
    public void delete(String target, String name) {
        on(target, place -> {
            place.delete(name);
            return name;
        });
    }

    /** What is done on a target. */
    private interface TargetWork<T> {
        T on(Target place) throws IOException;
    }

    private <T> T on(String target, TargetWork<T> work) {
        try (Target place = targets.openPlace(target)) {
            return work.on(place);
        } catch (IOException e) {
            throw new BackupException(e.getMessage(), e);
        }
    }
}
