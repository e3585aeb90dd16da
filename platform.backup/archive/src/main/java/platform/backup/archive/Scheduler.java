package platform.backup.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupProgress;
import platform.backup.api.RunOutcome;
import platform.backup.api.ScheduleRun;
import platform.backup.api.ScheduleSpec;

/**
 * Begins what is due. A run is done with when it has ended: one that the platform's end has cut off is due again at the next
 * start, for those instances that it had not come to.
 */
final class Scheduler {

    /** Without a window: a run that begins later than this was missed. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final ScheduleBook book;
    private final ScheduleStates states;
    private final Selection selection;
    private final Optional<BackupRunner> runner;
    private final BackupGate gate;
    private final Clock clock;
    private final int parallel;
    private final AtomicReference<ScheduledRun> current = new AtomicReference<>();
    private volatile boolean stopped;

    Scheduler(
            ScheduleBook book,
            ScheduleStates states,
            Selection selection,
            Optional<BackupRunner> runner,
            BackupGate gate,
            Clock clock,
            int parallel) {
        this.book = book;
        this.states = states;
        this.selection = selection;
        this.runner = runner;
        this.gate = gate;
        this.clock = clock;
        this.parallel = parallel;
    }

    /** Looks what is due; called every few seconds. */
    void tick() {
        Optional.ofNullable(current.get()).filter(ScheduledRun::isOverdue).ifPresent(ScheduledRun::cut);
        book.entries().values().stream().filter(it -> !isRunning(it.name())).forEach(this::look);
    }

    boolean isRunning(String name) {
        return Optional.ofNullable(current.get())
                .map(it -> it.schedule().equals(name))
                .orElse(false);
    }

    private void look(ScheduleBook.Entry entry) {
        Instant now = clock.instant();
        ScheduleState state = states.of(entry, now);
        entry.times().last(state.handled(), now).ifPresent(due -> {
            Instant end = due.plus(
                    entry.spec().window().isZero() ? PATIENCE : entry.spec().window());
            boolean late = now.isAfter(end);
            if (late) {
                noteMissed(entry, state, due);
            }
            if (!late || entry.spec().makeUp()) {
                boolean bounded = !late && !entry.spec().window().isZero();
                begin(entry, due, bounded ? Optional.of(end) : Optional.empty(), (name, result) -> {});
            }
        });
    }

    private void noteMissed(ScheduleBook.Entry entry, ScheduleState state, Instant due) {
        boolean makeUp = entry.spec().makeUp();
        if (!state.missed().equals(Optional.of(due))) {
            LOG.warn(
                    "The schedule {} has missed its run of {}{}",
                    entry.name(),
                    due,
                    makeUp ? "; it is made up for as soon as can be" : "");
        }
        ScheduleRun run = new ScheduleRun(due, Optional.empty(), Optional.empty(), RunOutcome.MISSED, 0, 0);
        states.update(
                entry,
                clock.instant(),
                it -> makeUp ? it.missed(due) : it.missed(due).handled(due).run(run));
    }

    /** Begins a run, if that can be now; empty when it has begun, else why it has not. */
    Optional<String> begin(
            ScheduleBook.Entry entry,
            Instant due,
            Optional<Instant> end,
            BiConsumer<String, BackupRunner.Result> progress) {
        return begin(entry, due, end, progress, instance -> BackupProgress.NONE, () -> {});
    }

    Optional<String> begin(
            ScheduleBook.Entry entry,
            Instant due,
            Optional<Instant> end,
            BiConsumer<String, BackupRunner.Result> progress,
            Function<String, BackupProgress> underWay,
            Runnable over) {
        if (runner.isEmpty()) {
            return Optional.of("Nothing here makes backups. Wait until the platform has started.");
        }
        int index = states.of(entry, clock.instant()).index()
                % Math.max(1, entry.spec().rolling());
        ScheduledRun run = new ScheduledRun(entry.spec(), end, index, runner.get(), clock, parallel, underWay);
        Optional<String> hindrance = gate.begin(() -> {
            current.set(run);
            if (stopped) {
                run.cut();
            }
            try {
                perform(entry, run, due, progress);
            } finally {
                current.set(null);
                over.run();
            }
        });
        hindrance.ifPresent(it -> run.cut());
        return hindrance;
    }

    /** Ends the run of this schedule early. */
    void cut(String name) {
        Optional.ofNullable(current.get())
                .filter(it -> it.schedule().equals(name))
                .ifPresent(ScheduledRun::cut);
    }

    /** The platform stops: what is under way is cut off and stays due. */
    void stop() {
        stopped = true;
        Optional.ofNullable(current.get()).ifPresent(ScheduledRun::cut);
    }

    private void perform(
            ScheduleBook.Entry entry, ScheduledRun run, Instant due, BiConsumer<String, BackupRunner.Result> progress) {
        Instant started = clock.instant();
        List<String> all = selection.of(entry.spec());
        ScheduleState before = states.update(entry, started, it -> it.only(all, started));
        List<String> left = all.stream()
                .filter(it -> !before.instances().get(it).due().equals(Optional.of(due)))
                .toList();
        LOG.info("The schedule {} backs up {} instances", entry.name(), left.size());
        AtomicInteger complete = new AtomicInteger(all.size() - left.size());
        run.run(left, (name, result) -> {
            BackupRunner.Result told = explained(name, result);
            complete.addAndGet(told.outcome() == RunOutcome.COMPLETE ? 1 : 0);
            remember(entry, name, told, due);
            progress.accept(name, told);
        });
        if (stopped || Thread.currentThread().isInterrupted()) {
            return;
        }
        Instant now = clock.instant();
        ScheduleRun done = new ScheduleRun(
                due,
                Optional.of(started),
                Optional.of(now),
                outcome(complete.get(), all.size()),
                complete.get(),
                all.size());
        states.update(entry, now, it -> ended(it, done, entry.spec()));
        LOG.info("The schedule {} is done: {} of {} backups are complete", entry.name(), done.complete(), done.total());
    }

    private void remember(ScheduleBook.Entry entry, String name, BackupRunner.Result result, Instant due) {
        if (stopped && result.outcome() != RunOutcome.COMPLETE) {
            return;
        }
        Instant now = clock.instant();
        states.update(
                entry,
                now,
                it -> it.instance(
                        name,
                        it.instances()
                                .getOrDefault(name, InstanceHistory.of(now))
                                .with(result, due, now)));
    }

    private BackupRunner.Result explained(String name, BackupRunner.Result result) {
        return result.outcome() == RunOutcome.COMPLETE || selection.exists(name)
                ? result
                : new BackupRunner.Result(
                        0, RunOutcome.FAILED, "There is no such instance. Take it out of the schedule.");
    }

    private static RunOutcome outcome(int complete, int total) {
        if (complete == total) {
            return RunOutcome.COMPLETE;
        }
        return complete == 0 ? RunOutcome.FAILED : RunOutcome.PARTIAL;
    }

    private static ScheduleState ended(ScheduleState state, ScheduleRun run, ScheduleSpec spec) {
        boolean regular = state.missed().map(run.due()::isAfter).orElse(true);
        ScheduleState after = run.outcome() == RunOutcome.COMPLETE || regular ? state.recovered() : state;
        after = run.complete() > 0 && spec.rolling() > 0 ? after.index((after.index() + 1) % spec.rolling()) : after;
        return after.handled(run.due().isAfter(after.handled()) ? run.due() : after.handled())
                .run(run);
    }
}
