package platform.core.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.RunOutcome;
import platform.backup.api.ScheduleInfo;
import platform.backup.api.ScheduleRun;
import platform.backup.api.ScheduleSpec;
import platform.backup.api.ScheduledBackup;
import platform.backup.api.Schedules;

/** Schedules in memory; a run of "half" is partial. */
final class FakeSchedules implements Schedules {

    static final Instant DUE = Instant.parse("2026-11-28T01:00:00Z");

    final Map<String, ScheduleInfo> all = new TreeMap<>();

    @Override
    public List<ScheduleInfo> list() {
        return List.copyOf(all.values());
    }

    @Override
    public Optional<ScheduleInfo> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    @Override
    public Map<String, String> unusable() {
        return Map.of("broken", "The cron expression 'x' is not understood.");
    }

    @Override
    public ScheduleInfo add(ScheduleSpec spec) {
        if (spec.targets().isEmpty()) {
            throw new BackupException("The schedule names no target. Give one.");
        }
        return put(spec, Optional.empty(), List.of());
    }

    private ScheduleInfo put(ScheduleSpec spec, Optional<ScheduleRun> run, List<ScheduledBackup> backups) {
        ScheduleInfo info = new ScheduleInfo(spec, Optional.of(DUE), false, run, backups);
        all.put(spec.name(), info);
        return info;
    }

    @Override
    public ScheduleInfo edit(ScheduleSpec spec) {
        return put(spec, Optional.empty(), List.of());
    }

    @Override
    public void remove(String name) {
        if (all.remove(name) == null) {
            throw new BackupException("There is no schedule '" + name + "'.");
        }
    }

    @Override
    public ScheduleInfo run(String name, Consumer<String> progress, Function<String, BackupProgress> underWay) {
        underWay.apply("acme@example.com").at("dump", 2, 5);
        progress.accept("acme@example.com complete, 5 bytes");
        boolean half = name.equals("half");
        ScheduledBackup acme =
                new ScheduledBackup("acme@example.com", Optional.of(DUE), RunOutcome.COMPLETE, 5, "", Optional.of(DUE));
        ScheduledBackup shop = new ScheduledBackup(
                "shop@example.com", Optional.of(DUE), RunOutcome.PARTIAL, 3, "away: It is full.", Optional.empty());
        return put(
                all.get(name).spec(),
                Optional.of(new ScheduleRun(
                        DUE,
                        Optional.of(DUE),
                        Optional.of(DUE),
                        half ? RunOutcome.PARTIAL : RunOutcome.COMPLETE,
                        1,
                        half ? 2 : 1)),
                half ? List.of(acme, shop) : List.of(acme));
    }

    @Override
    public List<Instant> next(String name, int count) {
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            times.add(DUE.plusSeconds(86_400L * i));
        }
        return times;
    }
}
