package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import platform.backup.api.BackupException;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupProgress;
import platform.backup.api.TargetSetup;

/**
 * Where a whole platform is restored from, before there is a platform: the launcher says it all. Its request has
 * {@code address} and {@code key}, the secret keys a line each, and may have {@code secret}, {@code host.key} and {@code ca}, as
 * {@link TargetSetup} has them.
 */
final class RestoreOrigin {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TargetSpec spec;
    private final TargetConnector connector;
    private final List<String> keys;

    /**
     * @throws BackupException when a part of the request does not have its form
     */
    RestoreOrigin(Map<String, String> request) {
        this.spec = TargetSpec.of(new TargetSetup(
                "restore",
                request.get("address"),
                Optional.ofNullable(request.get("secret")),
                Optional.ofNullable(request.get("host.key")),
                Optional.ofNullable(request.get("ca")).map(Path::of),
                0,
                Set.of()));
        this.connector = new TargetConnector(Clock.systemUTC(), PATIENCE, FolderTarget::new);
        this.keys = request.get("key")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(KeyRing.SECRET))
                .toList();
        if (keys.isEmpty()) {
            throw new BackupException("What was given as the key of the backups has no line " + KeyRing.SECRET
                    + "…: give the one that was shown with the first backup, or a file that holds it");
        }
        connector.requireHostKey(spec);
    }

    /**
     * A backup.
     *
     * @param bytes its size
     */
    record Found(StoredBackup backup, BackupHeader header, long bytes) {

        Instant made() {
            return header.made();
        }
    }

    /** The newest backup of each instance, and of the manager, by their names. */
    Map<String, Found> newest() throws IOException {
        Map<String, Target.Kept> timed = new TreeMap<>();
        Map<String, Found> newest = new TreeMap<>();
        for (Target.Kept kept : files()) {
            Optional<BackupName> name = BackupName.parse(kept.name());
            if (name.isPresent()) {
                timed.merge(name.get().instance(), kept, RestoreOrigin::newer);
            } else if (kept.name().endsWith(BackupName.SUFFIX)) {
                keep(newest, found(kept));
            }
        }
        for (Target.Kept kept : timed.values()) {
            keep(newest, found(kept));
        }
        return newest;
    }

    private List<Target.Kept> files() throws IOException {
        try (Target target = connector.connect(spec, Retry.usual())) {
            return target.list("");
        }
    }

    private static Target.Kept newer(Target.Kept one, Target.Kept other) {
        return made(one).isAfter(made(other)) ? one : other;
    }

    private static Instant made(Target.Kept kept) {
        return BackupName.parse(kept.name()).orElseThrow().made();
    }

    /** The names of a schedule with a rolling index do not say when the backup was made; the backup does. */
    private static void keep(Map<String, Found> newest, Found found) {
        newest.merge(
                found.header().instance(),
                found,
                (one, other) -> List.of(one, other).stream()
                        .max(Comparator.comparing(Found::made))
                        .orElseThrow());
    }

    private Found found(Target.Kept kept) throws IOException {
        StoredBackup backup = new StoredBackup(
                spec.info().address() + kept.name(),
                () -> StoredBackup.onTarget(connector.connect(spec, Retry.usual()), kept.name()),
                () -> keys);
        try (ArchiveReader reader = backup.open("open", BackupProgress.NONE)) {
            return new Found(backup, reader.header(), kept.bytes());
        } catch (BackupException e) {
            throw new BackupException(backup + " cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return spec.info().address();
    }
}
