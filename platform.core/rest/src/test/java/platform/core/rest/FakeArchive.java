package platform.core.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.backup.api.ArchiveRange;
import platform.backup.api.ArchiveSetup;
import platform.backup.api.ArchiveStatus;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;
import platform.backup.api.RestoreResult;
import platform.backup.api.TimeRestorePlan;
import platform.backup.api.TimeRestoreRequest;

/** Archives in the mind. */
final class FakeArchive {

    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

    final List<TimeRestoreRequest> restored = new ArrayList<>();
    private Optional<ArchiveSetup> setup = Optional.empty();

    ArchiveStatus status() {
        return new ArchiveStatus(setup, List.of(new ArchiveRange(AT, AT.plusSeconds(60), "nas", 1, "")), "", 0, "");
    }

    ArchiveStatus on(ArchiveSetup wanted) {
        setup = Optional.of(wanted);
        return status();
    }

    ArchiveStatus off() {
        setup = Optional.empty();
        return status();
    }

    ArchiveStatus removeEnded() {
        return status();
    }

    TimeRestorePlan plan(TimeRestoreRequest request) {
        return new TimeRestorePlan(
                request.as().orElse(request.instance()), request.as().isEmpty(), request.to(), AT, "nas", 1, 2, 3);
    }

    RestoreResult restore(TimeRestoreRequest request, BackupProgress progress) {
        restored.add(request);
        return new RestoreResult(
                request.instance(),
                new BackupManifest(
                        new BackupHeader(1, request.instance(), "files", "1.0.0", "00", AT, "acme", "15.19", 1),
                        "1",
                        Map.of(),
                        List.of()),
                Duration.ofSeconds(1),
                Optional.of("former"),
                Optional.of(AT),
                Optional.empty());
    }
}
