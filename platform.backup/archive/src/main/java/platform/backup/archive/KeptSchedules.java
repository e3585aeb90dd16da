package platform.backup.archive;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.ScheduleInfo;
import platform.backup.api.ScheduleSpec;
import platform.backup.api.ScheduledBackup;
import platform.backup.api.Schedules;

/** Schedules in files under {@code etc}. What is changed here holds at once; Configuration Admin says the same a moment later. */
final class KeptSchedules implements Schedules {

    private final ScheduleBook book;
    private final ScheduleStates states;
    private final Scheduler scheduler;
    private final Supplier<List<String>> targets;
    private final Consumer<String> folders;
    private final Path etc;
    private final Clock clock;

    /**
     * @param targets the names of those that there are
     * @param folders throws when a place is a folder that cannot hold backups
     */
    KeptSchedules(
            ScheduleBook book,
            ScheduleStates states,
            Scheduler scheduler,
            Supplier<List<String>> targets,
            Consumer<String> folders,
            Path etc,
            Clock clock) {
        this.book = book;
        this.states = states;
        this.scheduler = scheduler;
        this.targets = targets;
        this.folders = folders;
        this.etc = etc;
        this.clock = clock;
    }

    @Override
    public List<ScheduleInfo> list() {
        return book.entries().values().stream().map(this::info).toList();
    }

    @Override
    public Optional<ScheduleInfo> find(String name) {
        return book.find(name).map(this::info);
    }

    private ScheduleInfo info(ScheduleBook.Entry entry) {
        Instant now = clock.instant();
        ScheduleState state = states.of(entry, now);
        List<ScheduledBackup> backups = state.instances().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(it -> it.getValue().shown(it.getKey()))
                .toList();
        return new ScheduleInfo(
                entry.spec(), entry.times().next(now), scheduler.isRunning(entry.name()), state.run(), backups);
    }

    @Override
    public Map<String, String> unusable() {
        return book.unusable();
    }

    @Override
    public synchronized ScheduleInfo add(ScheduleSpec spec) {
        check(spec);
        if (book.find(spec.name()).isPresent() || book.unusable().containsKey(spec.name())) {
            throw new BackupException(
                    "There is a schedule " + spec.name() + " already. Use another name, or backup:schedule edit.");
        }
        states.forget(spec.name());
        return put(spec);
    }

    @Override
    public synchronized ScheduleInfo edit(ScheduleSpec spec) {
        check(spec);
        if (!book.unusable().containsKey(spec.name())) {
            entry(spec.name());
        }
        return put(spec);
    }

    private void check(ScheduleSpec spec) {
        ScheduleText.checked(spec);
        spec.targets().forEach(folders);
        List<String> known = targets.get();
        spec.targets().stream()
                .filter(it -> !it.startsWith("/") && !known.contains(it))
                .findFirst()
                .ifPresent(it -> {
                    throw new BackupException("There is no target '" + it + "'. "
                            + (known.isEmpty() ? "There are none yet" : "There are: " + String.join(", ", known))
                            + ". Add it with backup:target add, or name another one or a folder from / on.");
                });
    }

    private ScheduleInfo put(ScheduleSpec spec) {
        SettingFiles.write(file(spec.name()), ScheduleText.settings(spec));
        book.put(spec);
        return info(entry(spec.name()));
    }

    @Override
    public synchronized void remove(String name) {
        if (!book.unusable().containsKey(name)) {
            entry(name);
        }
        SettingFiles.remove(file(name));
        book.remove(name);
        states.forget(name);
    }

    private Path file(String name) {
        return etc.resolve(ConfiguredSchedule.fileOf(name));
    }

    @Override
    public ScheduleInfo run(String name, Consumer<String> ended, Function<String, BackupProgress> underWay) {
        ScheduleBook.Entry entry = entry(name);
        CountDownLatch over = new CountDownLatch(1);
        scheduler
                .begin(
                        entry,
                        clock.instant(),
                        Optional.empty(),
                        (instance, result) -> ended.accept(step(instance, result)),
                        underWay,
                        over::countDown)
                .ifPresent(hindrance -> {
                    throw new BackupException("The schedule " + name + " was not run. " + hindrance);
                });
        await(name, over);
        return info(entry);
    }

    private static String step(String instance, BackupRunner.Result result) {
        String problem = result.problem().isEmpty() ? "" : ": " + result.problem();
        return instance + " " + result.outcome().name().toLowerCase(Locale.ROOT) + ", " + result.bytes() + " bytes"
                + problem;
    }

    private void await(String name, CountDownLatch over) {
        boolean interrupted = false;
        while (over.getCount() > 0) {
            try {
                over.await();
            } catch (InterruptedException e) {
                interrupted = true;
                scheduler.cut(name);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new BackupException("The run of the schedule " + name + " was cut off.");
        }
    }

    @Override
    public List<Instant> next(String name, int count) {
        CronTimes times = entry(name).times();
        List<Instant> found = new ArrayList<>();
        Optional<Instant> next = times.next(clock.instant());
        while (next.isPresent() && found.size() < Math.min(count, 1000)) {
            found.add(next.get());
            next = times.next(next.get());
        }
        return found;
    }

    private ScheduleBook.Entry entry(String name) {
        return book.find(name)
                .orElseThrow(() -> new BackupException(
                        "There is no schedule '" + name + "' that can be used. See backup:schedule list."));
    }
}
