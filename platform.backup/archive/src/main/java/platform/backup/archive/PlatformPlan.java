package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Version;
import platform.backup.api.BackupException;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupProgress;
import platform.backup.api.Backups;

/**
 * What the restore of a whole platform will do.
 *
 * @param manager the newest backup of the manager
 * @param kept what is in it
 * @param instances the backups that instances are restored from, by their names
 * @param missing the instances that have none
 * @param removed the instances that have one, but were removed before the manager was backed up
 * @param damaged files that cannot be opened: older ones take their places
 */
record PlatformPlan(
        RestoreOrigin.Found manager,
        KeptManager kept,
        Map<String, RestoreOrigin.Found> instances,
        List<String> missing,
        List<String> removed,
        List<String> damaged) {

    /** What the server and the platform need for themselves. */
    private static final long OWN_BYTES = 256L << 20;

    /**
     * @throws BackupException when there is no backup of the manager, or one cannot be opened
     */
    static PlatformPlan of(RestoreOrigin origin) throws IOException {
        Map<String, RestoreOrigin.Found> newest = origin.newest();
        RestoreOrigin.Found manager = newest.remove(Backups.MANAGER);
        if (manager == null) {
            throw new BackupException("There is no backup of the manager on " + origin
                    + ", and without it no platform can be restored. Make one with backup:run --manager, or name the"
                    + " place that has one");
        }
        KeptManager kept = kept(manager);
        List<String> known =
                kept.instances().stream().map(KeptManager.KeptId::id).toList();
        Map<String, RestoreOrigin.Found> instances = new TreeMap<>();
        List<String> removed = new ArrayList<>();
        newest.forEach((id, found) -> {
            if (known.contains(id) || found.made().isAfter(manager.made())) {
                instances.put(id, found);
            } else {
                removed.add(id);
            }
        });
        List<String> missing =
                known.stream().filter(id -> !instances.containsKey(id)).toList();
        return new PlatformPlan(manager, kept, instances, missing, removed, origin.damaged());
    }

    private static KeptManager kept(RestoreOrigin.Found manager) throws IOException {
        try (ArchiveReader reader = manager.backup().open("open", BackupProgress.NONE)) {
            return reader.manager();
        }
    }

    /** The databases, a tenth for what else the server writes, and what comes with the manager. */
    long bytesNeeded() {
        long databases = instances.values().stream()
                .map(RestoreOrigin.Found::header)
                .mapToLong(BackupHeader::databaseBytes)
                .sum();
        return databases + databases / 10 + manager.bytes() + OWN_BYTES;
    }

    /**
     * Why it cannot be done, a sentence each.
     *
     * @param version the platform's
     */
    List<String> obstacles(String version, long bytesFree) {
        List<String> obstacles = new ArrayList<>();
        String made = manager.header().appVersion();
        if (Version.parseVersion(made).compareTo(Version.parseVersion(version)) > 0) {
            obstacles.add("The backup is of version " + made + " of the platform, and this is the older " + version
                    + ": restore it with that version or a newer one.");
        }
        if (bytesNeeded() > bytesFree) {
            obstacles.add("There is too little space: " + megabytes(bytesNeeded() - bytesFree) + " are missing.");
        }
        return obstacles;
    }

    /** What is free where the folder is, or will be. */
    static long bytesFree(Path folder) throws IOException {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        return Files.getFileStore(there).getUsableSpace();
    }

    /** All of it, for people. */
    List<String> lines(long bytesFree) {
        List<String> lines = new ArrayList<>();
        lines.add(line("manager", manager) + ", with " + kept.apps().size() + " apps");
        instances.forEach((id, found) -> lines.add(line(id, found)));
        missing.forEach(id -> lines.add("  " + id + ": has no backup here, and will be without its database"));
        removed.forEach(id -> lines.add("  " + id + ": left out, it was removed before the manager was backed up"));
        damaged.forEach(name -> lines.add("  " + name + ": left out, it is damaged; the one before it is taken"));
        lines.add("This needs " + megabytes(bytesNeeded()) + "; free are " + megabytes(bytesFree) + ".");
        return lines;
    }

    private static String line(String name, RestoreOrigin.Found found) {
        return "  " + name + ": of " + found.made() + ", "
                + (found.header().app() + " " + found.header().appVersion()).strip() + ", database "
                + megabytes(found.header().databaseBytes());
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }
}
