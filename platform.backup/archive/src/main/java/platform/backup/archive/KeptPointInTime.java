package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.ArchiveSetup;
import platform.backup.api.ArchiveStatus;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.PointInTime;
import platform.backup.api.RestoreResult;
import platform.backup.api.TimeRestorePlan;
import platform.backup.api.TimeRestoreRequest;
import platform.db.api.DatabaseException;
import platform.db.api.WalArchive;

/** Continuous archiving as it is set. What is set here holds at once and is written to {@code etc}. */
final class KeptPointInTime implements PointInTime {

    static final String PID = "platform.backup.PointInTime";

    private static final Logger LOG = LoggerFactory.getLogger(KeptPointInTime.class);
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PAUSE_MILLIS = 200;

    private final ArchiveBook book;
    private final WalArchive wal;
    private final Archiver archiver;
    private final BaseBackups bases;
    private final ArchiveAlarms alarms;
    private final TimeRestorer restorer;
    private final Path etc;
    private final Clock clock;
    private volatile Optional<ArchiveSetup> setup = Optional.empty();
    private volatile Duration keep = Duration.ofDays(7);
    private volatile String mistake = "";
    private volatile String problem = "";

    KeptPointInTime(
            ArchiveBook book,
            WalArchive wal,
            Archiver archiver,
            BaseBackups bases,
            ArchiveAlarms alarms,
            TimeRestorer restorer,
            Path etc,
            Clock clock) {
        this.book = book;
        this.wal = wal;
        this.archiver = archiver;
        this.bases = bases;
        this.alarms = alarms;
        this.restorer = restorer;
        this.etc = etc;
        this.clock = clock;
    }

    /**
     * What is set.
     *
     * @throws BackupException when a value has not its form
     */
    static Optional<ArchiveSetup> setup(PointInTimeConfig config) {
        return config.target().isBlank()
                ? Optional.empty()
                : Optional.of(checked(new ArchiveSetup(
                        config.target().strip(),
                        TimeText.parse(
                                "The time between base backups", config.every().strip()),
                        TimeText.parse("The time that is kept", config.keep().strip()))));
    }

    private static ArchiveSetup checked(ArchiveSetup setup) {
        mustBeWithin("between base backups", setup.every());
        mustBeWithin("that is kept", setup.keep());
        return setup;
    }

    private static void mustBeWithin(String what, Duration time) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new BackupException("The time " + what + " is not allowed. Give one from 1h to 365d.");
        }
    }

    /**
     * How long what was archived is kept, also while nothing is.
     *
     * @throws BackupException when the value has not its form
     */
    static Duration keep(PointInTimeConfig config) {
        Duration keep = TimeText.parse("The time that is kept", config.keep().strip());
        mustBeWithin("that is kept", keep);
        return keep;
    }

    void take(Optional<ArchiveSetup> taken, Duration time) {
        setup = taken;
        keep = time;
        mistake = "";
    }

    /** What is set makes no sense. That must make no gap: it goes on as it was. */
    void refuse(String why) {
        mistake = why;
    }

    @Override
    public synchronized ArchiveStatus on(ArchiveSetup wanted) {
        Told.as("Archiving was not switched on", () -> {
            archiver.probe(checked(wanted));
            archiver.archive(wanted);
            return wanted;
        });
        if (book.current().isEmpty()) {
            throw new BackupException(
                    "Archiving was not switched on: the platform's disk is nearly full. Free some space"
                            + " (platform:disk shows what uses most), then try again.");
        }
        take(Optional.of(wanted), wanted.keep());
        write();
        LOG.info("The write-ahead log is archived to {}", wanted.target());
        return status();
    }

    @Override
    public synchronized ArchiveStatus off() {
        take(Optional.empty(), keep);
        write();
        Told.as("Archiving was not switched off", () -> {
            archiver.end("It was switched off.");
            return null;
        });
        alarms.clear();
        return status();
    }

    @Override
    public ArchiveStatus removeEnded() {
        return Told.as("The archives that have ended were not removed", () -> {
            bases.removeEnded();
            LOG.info("The archives that have ended were removed");
            return status();
        });
    }

    private void write() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("target", setup.map(ArchiveSetup::target).orElse(""));
        setup.ifPresent(it -> settings.put("every", TimeText.of(it.every())));
        settings.put("keep", TimeText.of(keep));
        SettingFiles.write(etc.resolve(PID + ".cfg"), settings);
    }

    /** Does what is due; called every few seconds. */
    synchronized void tick() {
        Optional<ArchiveSetup> now = setup;
        if (now.isEmpty() && !mistake.isEmpty()) {
            problem = mistake;
            alarms.show(problem, "");
            return;
        }
        if (now.isEmpty()) {
            archiver.end("It was switched off.");
            bases.clearUp(keep);
            return;
        }
        try {
            archiver.archive(now.get());
            bases.look(now.get());
            problem = wal.problem().orElse("");
        } catch (IOException | BackupException | DatabaseException e) {
            if (!problem.equals(e.getMessage())) {
                LOG.warn(
                        "The write-ahead log cannot be taken to {} now: {}",
                        now.get().target(),
                        e.getMessage());
            }
            problem = String.valueOf(e.getMessage());
        }
        alarms.show(problem, bases.problem());
    }

    @Override
    public ArchiveStatus status() {
        return new ArchiveStatus(
                setup,
                book.chains().stream().flatMap(it -> it.range().stream()).toList(),
                bases.isBusy() ? "making a base backup" : "",
                wal.complete().size(),
                (problem + " " + bases.problem()).strip());
    }

    @Override
    public TimeRestorePlan plan(TimeRestoreRequest request) {
        return restorer.plan(request);
    }

    @Override
    public RestoreResult restore(TimeRestoreRequest request, BackupProgress progress) {
        restorer.plan(request);
        catchUp(request.to());
        RestoreResult result = restorer.restore(request, progress);
        LOG.info("{} was restored to {}", result.instance(), request.to());
        return result;
    }

    /** What was committed a moment ago may not be on the target yet. */
    private void catchUp(Instant to) {
        Instant deadline = clock.instant().plus(PATIENCE);
        while (isBehind(to)) {
            if (clock.instant().isAfter(deadline)) {
                throw new BackupException("What was written until " + to + " is not on the target yet: "
                        + (problem.isEmpty() ? "it is too slow" : problem)
                        + ". Try again, or restore to an earlier time.");
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BackupException("The restore was cancelled, and nothing has changed.", e);
            }
        }
    }

    private synchronized boolean isBehind(Instant to) {
        boolean behind = book.covering(to)
                .filter(it -> it.goesOn() && it.until().isBefore(to))
                .isPresent();
        if (behind) {
            Told.as("What was written until " + to.truncatedTo(ChronoUnit.SECONDS) + " is not on the target", () -> {
                archiver.catchUp(setup.orElseThrow(() -> new BackupException(mistake)));
                return to;
            });
        }
        return behind;
    }
}
