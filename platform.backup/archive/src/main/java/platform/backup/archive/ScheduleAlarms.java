package platform.backup.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import platform.backup.api.RunOutcome;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;

/**
 * Raises what is wrong with the schedules' backups and clears what is over. The code ends in the schedule's name, so that what
 * one schedule does well hides nothing of another.
 */
final class ScheduleAlarms {

    /** Schedules come a moment after the platform's start, and go a moment before its end: neither clears an alarm. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Drills wait for backups that are under way. */
    private static final Duration PROOF_PATIENCE = Duration.ofHours(6);

    private static final String SOURCE = "backup";
    private static final Pattern CODE =
            Pattern.compile("backup-(?:missed|failed|partial|old|size|unproved|proof-old):(.+)");

    private final Alarms alarms;
    private final Selection selection;
    private final Clock clock;
    private final Map<String, Instant> unknownSince = new HashMap<>();

    ScheduleAlarms(Alarms alarms, Selection selection, Clock clock) {
        this.alarms = alarms;
        this.selection = selection;
        this.clock = clock;
    }

    /** Called by one thread, now and then. */
    void check(
            ScheduleBook book,
            Function<ScheduleBook.Entry, ScheduleState> states,
            Function<ScheduleBook.Entry, ProofState> proofs) {
        Map<String, ScheduleBook.Entry> entries = book.entries();
        Map<String, String> unusable = book.unusable();
        List<AlarmSpec> due = new ArrayList<>();
        entries.values().forEach(it -> due.addAll(due(it, states.apply(it))));
        entries.values().stream()
                .filter(it -> it.drills().isPresent())
                .forEach(it -> due.addAll(unproved(it, proofs.apply(it))));
        unusable.forEach((name, problem) -> due.add(new AlarmSpec(
                SOURCE,
                "backup-failed:" + name,
                AlarmSeverity.MAJOR,
                "The schedule " + name + " is unusable: " + problem,
                problem,
                List.of("backup:schedule", "info", name))));
        Set<String> known = new HashSet<>(entries.keySet());
        known.addAll(unusable.keySet());
        unknownSince.keySet().removeAll(known);
        reconcile(due, known);
    }

    private void reconcile(List<AlarmSpec> due, Set<String> known) {
        List<AlarmInfo> active = alarms.active();
        due.stream()
                .filter(alarm -> active.stream().noneMatch(it -> says(it, alarm)))
                .forEach(alarms::raise);
        Set<String> ids = due.stream().map(it -> it.source() + "/" + it.code()).collect(Collectors.toSet());
        active.stream()
                .filter(it -> isOurs(it.code()) && !ids.contains(it.id()))
                .filter(it -> known.contains(scheduleOf(it.code())) || isGone(scheduleOf(it.code())))
                .forEach(it -> alarms.clear(it.source(), it.code()));
    }

    private boolean isGone(String schedule) {
        Instant now = clock.instant();
        Instant since = unknownSince.computeIfAbsent(schedule, it -> now);
        return !now.isBefore(since.plus(PATIENCE));
    }

    private static boolean isOurs(String code) {
        return !scheduleOf(code).isEmpty() && !scheduleOf(code).equals(ScheduleText.COMMAND_FILE);
    }

    private static String scheduleOf(String code) {
        Matcher matcher = CODE.matcher(code);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static boolean says(AlarmInfo known, AlarmSpec alarm) {
        return known.id().equals(alarm.source() + "/" + alarm.code())
                && known.severity() == alarm.severity()
                && known.text().equals(alarm.text());
    }

    private List<AlarmSpec> due(ScheduleBook.Entry entry, ScheduleState state) {
        List<AlarmSpec> due = new ArrayList<>();
        state.missed()
                .ifPresent(time -> due.add(alarm(
                        SOURCE,
                        "missed",
                        entry,
                        AlarmSeverity.MAJOR,
                        "The schedule " + entry.name() + " has missed its run of " + time + ".",
                        "The platform was down or busy, or the disk nearly full, for the whole window.")));
        Optional<Instant> oldest = oldest(entry);
        for (String instance : selection.of(entry.spec())) {
            Optional.ofNullable(state.instances().get(instance))
                    .ifPresent(it -> due.addAll(due(entry, instance, it, oldest)));
        }
        return due;
    }

    private List<AlarmSpec> due(
            ScheduleBook.Entry entry, String instance, InstanceHistory history, Optional<Instant> oldest) {
        List<AlarmSpec> due = new ArrayList<>();
        String whose = "of " + instance + " by the schedule " + entry.name();
        if (history.at().isPresent() && history.outcome() != RunOutcome.COMPLETE) {
            String how = history.outcome().name().toLowerCase(Locale.ROOT);
            String verb = history.outcome() == RunOutcome.PARTIAL ? " is only partial: " : " was " + how + ": ";
            due.add(alarm(
                    instance,
                    how,
                    entry,
                    AlarmSeverity.MAJOR,
                    "The backup " + whose + (how.equals("failed") ? " has failed: " : verb) + history.problem(),
                    history.problem()));
        }
        Instant newest = history.complete().orElse(history.since());
        if (oldest.map(newest::isBefore).orElse(false)) {
            String which = history.complete()
                    .map(it -> "is of " + it.truncatedTo(ChronoUnit.SECONDS))
                    .orElse("does not exist");
            due.add(alarm(
                    instance,
                    "old",
                    entry,
                    AlarmSeverity.CRITICAL,
                    "The newest complete backup " + whose + " " + which + ", which is too long ago.",
                    history.problem().isEmpty()
                            ? "Its schedule has not come to it since then."
                            : "The last attempt: " + history.problem()));
        }
        history.doubt()
                .ifPresent(doubt -> due.add(alarm(
                        instance,
                        "size",
                        entry,
                        AlarmSeverity.MINOR,
                        "The newest backup " + whose + " has a size that is hard to believe. " + doubt
                                + ". See whether its data are all there.",
                        doubt)));
        return due;
    }

    private List<AlarmSpec> unproved(ScheduleBook.Entry entry, ProofState state) {
        List<AlarmSpec> due = new ArrayList<>();
        Optional<Instant> oldest =
                entry.drills().flatMap(it -> twoTurns(it, clock.instant().minus(PROOF_PATIENCE)));
        state.instances().forEach((instance, proof) -> {
            String whose = "of " + instance + " by the schedule " + entry.name();
            if (!proof.problem().isEmpty()) {
                due.add(alarm(
                        instance,
                        "unproved",
                        entry,
                        AlarmSeverity.CRITICAL,
                        "The newest backup " + whose + " does not prove itself: " + proof.problem(),
                        proof.problem()));
            } else if (oldest.map(proof.proved().orElse(proof.since())::isBefore)
                    .orElse(false)) {
                due.add(alarm(
                        instance,
                        "proof-old",
                        entry,
                        AlarmSeverity.MAJOR,
                        "No backup " + whose + " was proved "
                                + proof.proved()
                                        .map(it -> "since " + it.truncatedTo(ChronoUnit.SECONDS))
                                        .orElse("yet")
                                + ", which is too long ago.",
                        "The drills of the schedule were missed, or had no time for it."));
            }
        });
        return due;
    }

    private static AlarmSpec alarm(
            String source, String code, ScheduleBook.Entry entry, AlarmSeverity severity, String text, String cause) {
        return new AlarmSpec(
                source,
                "backup-" + code + ":" + entry.name(),
                severity,
                text,
                cause,
                List.of("backup:schedule", "run", entry.name()));
    }

    /** Before when the newest complete backup is too old; without a rule: the last time but one, once the last was to begin. */
    private Optional<Instant> oldest(ScheduleBook.Entry entry) {
        Instant now = clock.instant();
        if (entry.spec().oldest().isPresent()) {
            return entry.spec().oldest().map(now::minus);
        }
        Duration window = entry.spec().window();
        Instant begun = now.minus(window.isZero() ? Scheduler.PATIENCE : window);
        return twoTurns(entry.times(), begun);
    }

    private static Optional<Instant> twoTurns(CronTimes times, Instant begun) {
        return times.last(Instant.EPOCH, begun).flatMap(last -> times.last(Instant.EPOCH, last.minusSeconds(1)));
    }
}
