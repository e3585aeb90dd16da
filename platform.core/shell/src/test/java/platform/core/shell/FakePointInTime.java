package platform.core.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import platform.backup.api.ArchiveRange;
import platform.backup.api.ArchiveSetup;
import platform.backup.api.ArchiveStatus;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.PointInTime;
import platform.backup.api.RestoreResult;
import platform.backup.api.TimeRestorePlan;
import platform.backup.api.TimeRestoreRequest;

/** An archive of an hour; nothing can be restored to a time before 2026. */
final class FakePointInTime implements PointInTime {

    static final Instant FROM = Instant.parse("2026-11-27T08:30:00.5Z");

    final List<TimeRestoreRequest> restored = new ArrayList<>();
    int removals;
    private Optional<ArchiveSetup> setup = Optional.empty();

    @Override
    public ArchiveStatus on(ArchiveSetup wanted) {
        if (wanted.target().equals("full")) {
            throw new BackupException("The target is full.");
        }
        setup = Optional.of(wanted);
        return status();
    }

    @Override
    public ArchiveStatus off() {
        setup = Optional.empty();
        return status();
    }

    @Override
    public ArchiveStatus removeEnded() {
        removals++;
        return status();
    }

    @Override
    public ArchiveStatus status() {
        List<ArchiveRange> ranges = setup.stream()
                .map(it -> new ArchiveRange(FROM, FROM.plus(Duration.ofHours(1)), it.target(), 2, ""))
                .toList();
        return new ArchiveStatus(setup, ranges, "making a base backup", 3, "");
    }

    @Override
    public TimeRestorePlan plan(TimeRestoreRequest request) {
        if (request.to().isBefore(Instant.parse("2026-01-01T00:00:00Z"))) {
            throw new BackupException("There is no archive of that time.");
        }
        return new TimeRestorePlan(
                request.as().orElse(request.instance()),
                request.as().isEmpty(),
                request.to(),
                FROM,
                "nas",
                5_000_000,
                70_000_000,
                90_000_000);
    }

    @Override
    public RestoreResult restore(TimeRestoreRequest request, BackupProgress progress) {
        restored.add(request);
        return new RestoreResult(
                request.instance(),
                FakeBackups.MANIFEST,
                Duration.ofSeconds(3),
                Optional.of("platform kept x"),
                Optional.of(FROM),
                Optional.empty());
    }
}
