package platform.backup.archive;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.RunOutcome;

/** Backups that are names only: of 1 MB, whole, unless the test says otherwise. */
final class FakeRunner implements BackupRunner {

    /** What is done instead of a backup. */
    interface Work {
        Result of(String instance, String target, String name) throws InterruptedException;
    }

    static final long SIZE = 1_000_000;

    final List<String> made = Collections.synchronizedList(new ArrayList<>());
    final List<String> proved = Collections.synchronizedList(new ArrayList<>());
    volatile Optional<String> doubt = Optional.empty();
    final Map<String, List<Kept>> targets = new HashMap<>();
    final List<String> threads = Collections.synchronizedList(new ArrayList<>());
    volatile Work work = (instance, target, name) -> complete(SIZE);

    static Result complete(long bytes) {
        return new Result(bytes, RunOutcome.COMPLETE, "");
    }

    @Override
    public Result backUp(String instance, String target, String name, BackupProgress progress)
            throws InterruptedException {
        progress.at("dump", SIZE / 2, SIZE);
        threads.add(
                Thread.currentThread().getName() + " " + Thread.currentThread().getPriority());
        Result result = work.of(instance, target, name);
        if (result.outcome() == RunOutcome.COMPLETE) {
            made.add(target + ":" + name);
            synchronized (this) {
                targets.computeIfAbsent(target, it -> new ArrayList<>()).add(new Kept(name, Instant.EPOCH));
            }
        }
        return result;
    }

    @Override
    public Result put(String instance, URI url, BackupProgress progress) throws InterruptedException {
        progress.at("dump", SIZE / 2, SIZE);
        Result result = work.of(instance, url.toString(), "");
        made.add(instance + " " + url);
        return result;
    }

    @Override
    public void prove(String target, String name) {
        String backup = target + ":" + name;
        if (doubt.map(backup::startsWith).orElse(false)) {
            throw new BackupException("It is damaged.");
        }
        proved.add(backup);
    }

    @Override
    public synchronized List<Kept> kept(String target, String prefix) {
        return targets.getOrDefault(target, List.of()).stream()
                .filter(it -> it.name().startsWith(prefix))
                .toList();
    }

    @Override
    public synchronized void delete(String target, String name) {
        if (!targets.get(target).removeIf(it -> it.name().equals(name))) {
            throw new BackupException("There is no " + name);
        }
    }
}
