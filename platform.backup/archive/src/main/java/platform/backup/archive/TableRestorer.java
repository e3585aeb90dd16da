package platform.backup.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import platform.backup.api.BackupException;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;
import platform.backup.api.Backups;
import platform.backup.api.DamagedBackupException;
import platform.backup.api.TablesResult;
import platform.core.api.InstanceId;
import platform.core.api.InstanceTransfer;
import platform.db.api.Dumps;
import platform.db.api.SpareDatabases;
import platform.db.api.TableCopy;

/**
 * Restores single tables into the database of an instance that goes on. They come into a database beside it first, from a file
 * of which every byte was verified before.
 */
final class TableRestorer {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("'_restored_'yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    /** What PostgreSQL keeps of a name, in bytes. */
    private static final int LONGEST_NAME = 63;

    private static final int MOST_NAMES = 100;

    private final Restorer restorer;
    private final InstanceTransfer instances;
    private final Dumps dumps;
    private final SpareDatabases spares;

    TableRestorer(Restorer restorer, InstanceTransfer instances, Dumps dumps, SpareDatabases spares) {
        this.restorer = restorer;
        this.instances = instances;
        this.dumps = dumps;
        this.spares = spares;
    }

    TablesResult restore(StoredBackup backup, List<String> tables, boolean replace, BackupProgress progress) {
        long begin = System.nanoTime();
        return Told.as("No table was restored from " + backup, () -> {
            BackupManifest manifest = backup.verify(progress);
            mustBeOfAnInstance(manifest);
            Set<String> wanted = known(tables, manifest);
            InstanceId id = InstanceId.parse(manifest.header().instance());
            String database = instances.carried(id).info().database();
            mustFit(manifest, wanted);
            String spare = spares.create(database);
            try {
                fill(spare, backup, manifest, wanted, progress);
                List<TableCopy> copies = copies(spare, wanted, manifest.header().made(), replace);
                dumps.copyTables(spare, database, copies);
                return result(manifest, copies, begin);
            } finally {
                restorer.drop(spare);
            }
        });
    }

    private static void mustBeOfAnInstance(BackupManifest manifest) {
        if (manifest.header().instance().equals(Backups.MANAGER)) {
            throw new BackupException(
                    "It is a backup of the manager, of which no single tables are restored: name one of an instance");
        }
    }

    private static Set<String> known(List<String> tables, BackupManifest manifest) {
        Set<String> there = manifest.rows().keySet();
        Set<String> wanted = new TreeSet<>();
        for (String table : tables) {
            String title = there.contains(table) ? table : "public." + table;
            if (!there.contains(title)) {
                throw new BackupException("There is no table '" + table + "' in the backup of "
                        + manifest.header().instance() + ". It has " + names(there)
                        + "; of a partitioned table name the partitions");
            }
            wanted.add(title);
        }
        return wanted;
    }

    private static String names(Set<String> there) {
        String names = there.stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return there.size() > MOST_NAMES ? names + " and " + (there.size() - MOST_NAMES) + " more" : names;
    }

    /** The tables twice, as much as can be known of their size. */
    private void mustFit(BackupManifest manifest, Set<String> wanted) {
        long rows = wanted.stream().mapToLong(manifest.rows()::get).sum();
        long share = (long)
                ((double) RestorePlanner.bytesNeeded(manifest.header()) * rows / Math.max(1, manifest.allRows()));
        if (2 * share > spares.freeBytes()) {
            throw new BackupException("That needs about " + 2 * share + " bytes, and only " + spares.freeBytes()
                    + " are free. Free the rest");
        }
    }

    private void fill(
            String spare, StoredBackup backup, BackupManifest manifest, Set<String> wanted, BackupProgress progress)
            throws IOException {
        List<String> contents;
        try (ArchiveReader reader = backup.open("read", BackupProgress.NONE)) {
            contents = dumps.contents(reader.dump());
        }
        try (ArchiveReader reader = backup.open("restore", progress)) {
            dumps.restoreTables(spare, reader.dump(), contents, wanted);
        }
        mustBeTables(spare, wanted);
        var rows = dumps.rows(spare);
        for (String table : wanted) {
            if (!manifest.rows().get(table).equals(rows.get(table))) {
                throw new DamagedBackupException("The table " + table + " has " + rows.get(table)
                        + " rows when it is restored, and the backup says "
                        + manifest.rows().get(table));
            }
        }
    }

    private void mustBeTables(String spare, Set<String> wanted) {
        Set<String> others = new TreeSet<>(wanted);
        dumps.tables(spare).forEach(it -> others.remove(it.title()));
        if (!others.isEmpty()) {
            throw new BackupException("Only tables can be restored so; views are not: " + String.join(", ", others));
        }
    }

    private List<TableCopy> copies(String spare, Set<String> wanted, Instant made, boolean replace) {
        return dumps.tables(spare).stream()
                .filter(it -> wanted.contains(it.title()))
                .map(it -> new TableCopy(it.schema(), it.name(), replace ? it.name() : beside(it.name(), made)))
                .toList();
    }

    /** {@code note_restored_20261127_083000}: it says of when the rows are. */
    private static String beside(String name, Instant made) {
        String ending = TIME.format(made);
        String begin = name;
        while (begin.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME - ending.length()) {
            begin = begin.substring(0, begin.offsetByCodePoints(begin.length(), -1));
        }
        return begin + ending;
    }

    private static TablesResult result(BackupManifest manifest, List<TableCopy> copies, long begin) {
        return new TablesResult(
                manifest.header().instance(),
                manifest.header().made(),
                copies.stream()
                        .map(it -> new TablesResult.RestoredTable(
                                it.title(),
                                it.schema() + "." + it.into(),
                                manifest.rows().get(it.title())))
                        .toList(),
                Duration.ofNanos(System.nanoTime() - begin));
    }
}
