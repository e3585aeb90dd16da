package platform.core.rest;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import platform.backup.api.BackupFile;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupKeys;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupRun;
import platform.backup.api.BackupSource;
import platform.backup.api.Backups;
import platform.backup.api.CloneResult;
import platform.backup.api.DrillResult;
import platform.backup.api.ExportRequest;
import platform.backup.api.ExportResult;
import platform.backup.api.RestorePlan;
import platform.backup.api.RestoreRequest;
import platform.backup.api.RestoreResult;
import platform.backup.api.TablesRequest;
import platform.backup.api.TablesResult;

/** One backup of {@code acme@example.com} and one of the manager; also {@code InstanceFiles}. */
final class FakeBackups {

    /** The backup of the instance. */
    static final String BACKUP = "acme@example.com-20261101T000000Z.age";

    /** The backup of the manager. */
    static final String MANAGER = "manager-20261101T000000Z.age";

    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");
    private static final String ACME = "acme@example.com";

    final List<RestoreRequest> restored = new ArrayList<>();
    final List<TablesRequest> tables = new ArrayList<>();
    final List<ExportRequest> exported = new ArrayList<>();
    final List<List<String>> keys = new ArrayList<>();
    final List<String> drilled = new ArrayList<>();

    private Optional<String> own = Optional.empty();
    private final BackupManifest manifest = new BackupManifest(
            new BackupHeader(1, ACME, "files", "1.0.0", "00", AT, "acme", "15.19", 8_000_000),
            "1",
            Map.of("public.file", 3L),
            List.of());

    /** The platform's key is made by who asks for it, and shown to him alone. */
    BackupKeys keys() {
        Optional<String> newKey = own.isEmpty() ? Optional.of("AGE-SECRET-KEY-1OWN") : Optional.empty();
        own = Optional.of("age1own");
        return new BackupKeys(own, publicKeys().recipients(), newKey);
    }

    BackupKeys publicKeys() {
        List<String> recipients =
                Stream.concat(own.stream(), Stream.of("age1other")).toList();
        return new BackupKeys(own, recipients, Optional.empty());
    }

    Path folder() {
        return Path.of("/backups");
    }

    List<BackupFile> list(String place) {
        return List.of(
                new BackupFile(new BackupSource(place, BACKUP), ACME, AT, 4_000_000, Optional.of(AT)),
                new BackupFile(new BackupSource(place, MANAGER), Backups.MANAGER, AT, 9_000, Optional.empty()));
    }

    BackupRun run(String instance, String place, BackupProgress progress) {
        progress.at("dump", 1, 2);
        return new BackupRun(list(place).get(0), manifest, Duration.ofSeconds(1), Optional.empty());
    }

    BackupManifest verify(BackupSource file, BackupProgress progress) {
        return manifest;
    }

    DrillResult drill(BackupSource file, boolean appCheck, BackupProgress progress) {
        drilled.add(file.name());
        return new DrillResult(
                manifest, "00ff", appCheck ? Optional.of("1.0.0") : Optional.empty(), AT, Duration.ofSeconds(1));
    }

    RestorePlan plan(RestoreRequest request) {
        return new RestorePlan(manifest.header(), ACME, true, 1, 2, List.of(), List.of());
    }

    RestoreResult restore(RestoreRequest request, BackupProgress progress) {
        restored.add(request);
        return new RestoreResult(
                ACME, manifest, Duration.ofSeconds(1), Optional.of("former"), Optional.of(AT), Optional.empty());
    }

    TablesResult restoreTables(TablesRequest request, BackupProgress progress) {
        tables.add(request);
        return new TablesResult(
                ACME,
                AT,
                request.tables().stream()
                        .map(it -> new TablesResult.RestoredTable(it, it + "_restored", 3))
                        .toList(),
                Duration.ofSeconds(1));
    }

    RestorePlan planClone(String instance, String as, Optional<String> server) {
        return new RestorePlan(manifest.header(), as, false, 1, 2, List.of(), List.of("It is large."));
    }

    CloneResult clone(String instance, String as, Optional<String> server, BackupProgress progress) {
        return new CloneResult(as, "sesame-open", 3, Duration.ofSeconds(1));
    }

    ExportResult exportTo(ExportRequest request, BackupProgress progress) {
        exported.add(request);
        return new ExportResult(
                request.file(), 4_000, manifest, Duration.ofSeconds(1), Optional.of("AGE-SECRET-KEY-1X"));
    }

    RestoreResult importFrom(RestoreRequest request, List<String> given, BackupProgress progress) {
        keys.add(given);
        return restore(request, progress);
    }
}
