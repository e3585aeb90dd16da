package platform.backup.archive;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;

/**
 * Proves the newest backup of each instance on each target, when a schedule says so. Proofs take their turn with the backups; one
 * that the platform's end has cut off is due again at the next start, with all its instances.
 */
final class ScheduledProofs {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledProofs.class);

    private final ScheduleBook book;
    private final ProofStates states;
    private final Selection selection;
    private final Optional<BackupRunner> runner;
    private final BackupGate gate;
    private final Clock clock;

    ScheduledProofs(
            ScheduleBook book,
            ProofStates states,
            Selection selection,
            Optional<BackupRunner> runner,
            BackupGate gate,
            Clock clock) {
        this.book = book;
        this.states = states;
        this.selection = selection;
        this.runner = runner;
        this.gate = gate;
        this.clock = clock;
    }

    ProofState state(ScheduleBook.Entry entry) {
        return states.of(entry, clock.instant());
    }

    /** Looks what is due; called every few seconds. */
    void tick() {
        states.only(book.entries().keySet());
        for (ScheduleBook.Entry entry : book.entries().values()) {
            entry.drills()
                    .flatMap(times -> times.last(state(entry).handled(), clock.instant()))
                    .ifPresent(due -> runner.ifPresent(it -> begin(entry, due, it)));
        }
    }

    private void begin(ScheduleBook.Entry entry, Instant due, BackupRunner backups) {
        gate.begin(() -> prove(entry, due, backups))
                .ifPresent(hindrance -> LOG.debug("The drill of {} waits: {}", entry.name(), hindrance));
    }

    private void prove(ScheduleBook.Entry entry, Instant due, BackupRunner backups) {
        List<String> all = selection.of(entry.spec());
        states.update(entry, clock.instant(), it -> it.only(all, clock.instant()));
        try {
            for (String instance : all) {
                String problem = problems(entry, instance, backups);
                Instant now = clock.instant();
                states.update(
                        entry,
                        now,
                        it -> it.instance(
                                instance,
                                it.instances()
                                        .getOrDefault(instance, ProofState.Proof.none(now))
                                        .with(problem, now)));
            }
            states.update(entry, clock.instant(), it -> it.handled(due));
            LOG.info("The drill of the schedule {} is done, of {} instances", entry.name(), all.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String problems(ScheduleBook.Entry entry, String instance, BackupRunner backups)
            throws InterruptedException {
        List<String> problems = new ArrayList<>();
        for (String target : entry.spec().targets()) {
            try {
                backups.prove(target, newest(entry, instance, target, backups));
            } catch (BackupException e) {
                LOG.warn("{}: the backup on {} by the schedule {} was not proved", instance, target, entry.name(), e);
                problems.add(e.getMessage());
            }
        }
        return String.join(" ", problems);
    }

    private static String newest(ScheduleBook.Entry entry, String instance, String target, BackupRunner backups) {
        return backups.kept(target, BackupNames.prefix(entry.name(), instance)).stream()
                .max(Comparator.comparing(BackupRunner.Kept::modified).thenComparing(BackupRunner.Kept::name))
                .orElseThrow(() -> new BackupException("There is none on " + target + " to prove."))
                .name();
    }
}
