package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import platform.backup.api.BackupException;
import platform.backup.api.BackupFormatException;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupProgress;
import platform.backup.api.DamagedBackupException;
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
    private final Set<String> damaged = new HashSet<>();

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

    /** The newest backup of each instance, and of the manager, that can be opened, by their names. */
    Map<String, Found> newest() throws IOException {
        Map<String, List<Target.Kept>> timed = new TreeMap<>();
        Map<String, Found> newest = new TreeMap<>();
        for (Target.Kept kept : files()) {
            Optional<BackupName> name = BackupName.parse(kept.name());
            if (name.isPresent()) {
                timed.computeIfAbsent(name.get().instance(), id -> new ArrayList<>())
                        .add(kept);
            } else if (kept.name().endsWith(BackupName.SUFFIX)) {
                firstOf(List.of(kept)).ifPresent(found -> keep(newest, found));
            }
        }
        for (List<Target.Kept> its : timed.values()) {
            its.sort(Comparator.comparing(RestoreOrigin::made).reversed());
            firstOf(its).ifPresent(found -> keep(newest, found));
        }
        return newest;
    }

    /** The files that were left out because their beginning is damaged. */
    List<String> damaged() {
        return damaged.stream().sorted().toList();
    }

    private List<Target.Kept> files() throws IOException {
        try (Target target = connector.connect(spec, Retry.usual())) {
            return target.list("").stream()
                    .filter(kept -> !kept.name().startsWith(ArchiveStore.ROOT))
                    .toList();
        }
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

    private Optional<Found> firstOf(List<Target.Kept> files) throws IOException {
        for (Target.Kept kept : files) {
            try {
                return Optional.of(found(kept));
            } catch (DamagedBackupException | BackupFormatException e) {
                damaged.add(kept.name());
            }
        }
        return Optional.empty();
    }

    private Found found(Target.Kept kept) throws IOException {
        StoredBackup backup = new StoredBackup(
                spec.info().address() + kept.name(),
                () -> StoredBackup.onTarget(connector.connect(spec, Retry.usual()), kept.name()),
                () -> keys);
        try (ArchiveReader reader = backup.open("open", BackupProgress.NONE)) {
            return new Found(backup, reader.header(), kept.bytes());
        }
    }

    @Override
    public String toString() {
        return spec.info().address();
    }
}
