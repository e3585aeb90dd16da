package platform.backup.archive;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.RunOutcome;
import platform.backup.api.ScheduleSpec;

/** One run of a schedule: its instances, a few at a time, each to every target, and then what is needed no longer goes. */
final class ScheduledRun {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledRun.class);

    private final ScheduleSpec spec;
    private final Optional<Instant> end;
    private final int index;
    private final BackupRunner runner;
    private final Clock clock;
    private final Function<String, BackupProgress> underWay;
    private final ExecutorService workers;

    /**
     * @param end when the window ends: after that no backup begins; empty for never
     * @param index the number of the names in turn
     * @param underWay gives who hears how far the backup of an instance is
     */
    ScheduledRun(
            ScheduleSpec spec,
            Optional<Instant> end,
            int index,
            BackupRunner runner,
            Clock clock,
            int parallel,
            Function<String, BackupProgress> underWay) {
        this.spec = spec;
        this.end = end;
        this.index = index;
        this.runner = runner;
        this.clock = clock;
        this.underWay = underWay;
        this.workers = Executors.newFixedThreadPool(parallel, ScheduledRun::thread);
    }

    /** Instances that serve requests come first. */
    static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "backup");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    String schedule() {
        return spec.name();
    }

    boolean isOverdue() {
        return spec.cut() && end.map(clock.instant()::isAfter).orElse(false);
    }

    /** Ends it: what is under way is interrupted, what has not begun does not begin. */
    void cut() {
        workers.shutdownNow();
    }

    /** Returns when all is over. What becomes of each instance is told once, on any thread. */
    void run(List<String> instances, BiConsumer<String, BackupRunner.Result> ended) {
        Set<String> told = ConcurrentHashMap.newKeySet();
        BiConsumer<String, BackupRunner.Result> once = (name, result) -> {
            if (told.add(name)) {
                ended.accept(name, result);
            }
        };
        for (String instance : instances) {
            if (!workers.isShutdown()) {
                workers.execute(() -> once.accept(instance, uninterrupted(instance)));
            }
        }
        workers.shutdown();
        await();
        instances.forEach(it -> once.accept(it, result(0, RunOutcome.MISSED, "The run was cut off before it.")));
    }

    /** What has become of it is written down, which a thread that is interrupted cannot do. */
    private BackupRunner.Result uninterrupted(String instance) {
        try {
            return backUp(instance);
        } finally {
            Thread.interrupted();
        }
    }

    private void await() {
        boolean interrupted = false;
        boolean over = false;
        while (!over) {
            try {
                over = workers.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
                cut();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private BackupRunner.Result backUp(String instance) {
        if (end.map(clock.instant()::isAfter).orElse(false)) {
            return result(0, RunOutcome.MISSED, "The window ended before its turn came. Make it longer.");
        }
        String name = spec.rolling() > 0
                ? BackupNames.rolling(spec.name(), instance, index)
                : BackupNames.at(spec.name(), instance, clock.instant());
        List<BackupRunner.Result> results =
                spec.targets().stream().map(it -> toOne(instance, it, name)).toList();
        return together(results);
    }

    private BackupRunner.Result toOne(String instance, String target, String name) {
        BackupRunner.Result result = attempt(instance, target, name);
        if (result.outcome() == RunOutcome.COMPLETE) {
            tidy(instance, target);
            return result;
        }
        LOG.warn(
                "{}: the backup to {} by the schedule {} is {}: {}",
                instance,
                target,
                spec.name(),
                result.outcome(),
                result.problem());
        return result(result.bytes(), result.outcome(), target + ": " + result.problem());
    }

    private BackupRunner.Result attempt(String instance, String target, String name) {
        if (Thread.currentThread().isInterrupted()) {
            return cutOff();
        }
        try {
            return runner.backUp(instance, target, name, underWay.apply(instance));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return cutOff();
        } catch (BackupException e) {
            return result(0, RunOutcome.FAILED, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{}: the backup to {} failed unexpectedly", instance, target, e);
            return result(0, RunOutcome.FAILED, "It failed unexpectedly: " + e + ". The platform's log says more.");
        }
    }

    private static BackupRunner.Result cutOff() {
        return result(0, RunOutcome.FAILED, "It was cut off.");
    }

    /** Only what is whole on every target is complete. */
    private static BackupRunner.Result together(List<BackupRunner.Result> results) {
        String problems = String.join(
                " ",
                results.stream()
                        .map(BackupRunner.Result::problem)
                        .filter(it -> !it.isEmpty())
                        .toList());
        return result(results.get(0).bytes(), outcome(results), problems);
    }

    private static RunOutcome outcome(List<BackupRunner.Result> results) {
        if (results.stream().allMatch(it -> it.outcome() == RunOutcome.COMPLETE)) {
            return RunOutcome.COMPLETE;
        }
        boolean nothing =
                results.stream().allMatch(it -> it.outcome() == RunOutcome.FAILED || it.outcome() == RunOutcome.MISSED);
        return nothing ? RunOutcome.FAILED : RunOutcome.PARTIAL;
    }

    private static BackupRunner.Result result(long bytes, RunOutcome outcome, String problem) {
        return new BackupRunner.Result(bytes, outcome, problem);
    }

    /** Only after a complete backup: so nothing goes when none arrives any more. */
    private void tidy(String instance, String target) {
        if (spec.retention().isEverything()) {
            return;
        }
        try {
            List<RetentionRule.Kept> kept = runner.kept(target, BackupNames.prefix(spec.name(), instance)).stream()
                    .flatMap(it -> BackupNames.time(spec.name(), instance, it.name()).stream()
                            .map(time -> new RetentionRule.Kept(it.name(), time, true)))
                    .toList();
            new RetentionRule(spec.retention(), spec.zone())
                    .expendable(kept)
                    .forEach(it -> runner.delete(target, it.name()));
        } catch (RuntimeException e) {
            LOG.warn(
                    "{}: old backups on {} could not be removed; that is tried after the next one",
                    instance,
                    target,
                    e);
        }
    }
}
