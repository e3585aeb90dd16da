package platform.core.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.backup.api.BackupException;
import platform.backup.api.BackupFile;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupKeys;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupPart;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupRun;
import platform.backup.api.BackupSource;
import platform.backup.api.Backups;
import platform.backup.api.CloneResult;
import platform.backup.api.DrillResult;
import platform.backup.api.RestorePlan;
import platform.backup.api.RestoreRequest;
import platform.backup.api.RestoreResult;
import platform.backup.api.TablesRequest;
import platform.backup.api.TablesResult;

/** A backup of acme@example.com; what is done with an instance or a file that is "full" fails. */
final class FakeBackups implements Backups {

    static final Instant MADE = Instant.parse("2026-11-27T08:30:00Z");
    static final String NAME = "acme@example.com-20261127-083000Z.tar.zst.age";

    final List<String> calls = new ArrayList<>();
    Optional<String> newKey = Optional.of("AGE-SECRET-KEY-1NEW");
    Optional<Instant> proved = Optional.of(MADE.plusSeconds(60));
    List<String> obstacles = List.of();

    static final BackupManifest MANIFEST = new BackupManifest(
            new BackupHeader(1, "acme@example.com", "files", "1.2.0", "ab", MADE, "role", "15.19", 7_500_000),
            "4",
            Map.of("public.a", 1000L, "public.b", 234L),
            List.of(new BackupPart("database.dump", 99, "cdef")));

    @Override
    public Path folder() {
        return Path.of("/data/backups");
    }

    private BackupFile backup(String place) {
        return new BackupFile(
                new BackupSource(place, "acme@example.com/" + NAME), "acme@example.com", MADE, 2_500_000, proved);
    }

    private void fail(String what) {
        if (what.contains("full")) {
            throw new BackupException(what + " was not done: the disk is full");
        }
    }

    @Override
    public BackupRun run(String instance, String folder, BackupProgress progress) {
        calls.add("run " + instance + " " + folder);
        fail(instance);
        Optional<String> key = newKey;
        newKey = Optional.empty();
        return new BackupRun(backup(folder), MANIFEST, Duration.ofSeconds(2), key);
    }

    @Override
    public List<BackupFile> list(String folder) {
        calls.add("list " + folder);
        return List.of(backup(folder));
    }

    @Override
    public Optional<BackupFile> newest(String instance, String folder) {
        return Optional.of(backup(folder)).filter(it -> it.instance().equals(instance));
    }

    @Override
    public BackupManifest verify(BackupSource file, BackupProgress progress) {
        calls.add("verify " + file);
        fail(file.toString());
        return MANIFEST;
    }

    @Override
    public RestorePlan plan(RestoreRequest request) {
        return new RestorePlan(
                MANIFEST.header(),
                request.as().orElse("acme@example.com"),
                request.as().isEmpty(),
                80_000_000,
                90_000_000,
                obstacles,
                List.of("It is older."));
    }

    @Override
    public RestoreResult restore(RestoreRequest request, BackupProgress progress) {
        calls.add("restore " + request.file()
                + request.server().map(it -> " on " + it).orElse("")
                + (request.install() ? " installing" : ""));
        fail(request.file().toString());
        boolean fresh = request.as().isPresent();
        return new RestoreResult(
                request.as().orElse("acme@example.com"),
                MANIFEST,
                Duration.ofSeconds(3),
                fresh ? Optional.empty() : Optional.of("platform kept x"),
                fresh ? Optional.empty() : Optional.of(MADE.plusSeconds(86_400)),
                fresh ? Optional.of("fresh-password") : Optional.empty());
    }

    @Override
    public TablesResult restoreTables(TablesRequest request, BackupProgress progress) {
        calls.add("tables " + request.file() + " " + request.tables() + " " + request.replace());
        fail(request.file().toString());
        return new TablesResult(
                "acme@example.com",
                MADE,
                request.tables().stream()
                        .map(it ->
                                new TablesResult.RestoredTable(it, it + (request.replace() ? "" : "_restored"), 1234))
                        .toList(),
                Duration.ofSeconds(3));
    }

    @Override
    public DrillResult drill(BackupSource file, boolean appCheck, BackupProgress progress) {
        calls.add("drill " + file);
        fail(file.toString());
        return new DrillResult(
                MANIFEST, "0123", appCheck ? Optional.of("1.2.0") : Optional.empty(), MADE, Duration.ofSeconds(4));
    }

    @Override
    public RestorePlan planClone(String instance, String as, Optional<String> server) {
        calls.add("plan clone " + instance + " " + as);
        return new RestorePlan(MANIFEST.header(), as, false, 80_000_000, 90_000_000, obstacles, List.of());
    }

    @Override
    public CloneResult clone(String instance, String as, Optional<String> server, BackupProgress progress) {
        calls.add("clone " + instance + " " + as + server.map(it -> " on " + it).orElse(""));
        fail(as);
        return new CloneResult(as, "cloned-password", 1234, Duration.ofSeconds(1));
    }

    @Override
    public Optional<Instant> lastProved(String instance) {
        return proved;
    }

    @Override
    public BackupKeys keys() {
        return publicKeys();
    }

    @Override
    public BackupKeys publicKeys() {
        return new BackupKeys(Optional.of("age1own"), List.of("age1own", "age1other"), Optional.empty());
    }
}
