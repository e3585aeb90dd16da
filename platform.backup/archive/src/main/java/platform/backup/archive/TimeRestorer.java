package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupSource;
import platform.backup.api.RestoreRequest;
import platform.backup.api.RestoreResult;
import platform.backup.api.TimeRestorePlan;
import platform.backup.api.TimeRestoreRequest;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceTransfer;
import platform.core.api.Instances;
import platform.db.api.Databases;
import platform.db.api.Recovery;
import platform.db.api.SpareDatabases;
import platform.db.api.WalSegment;

/**
 * Restores an instance to an earlier time: makes a backup of it as it was, on a server that was recovered so, and restores that as
 * any other.
 */
final class TimeRestorer {

    private static final String FILE = "then.tar.zst.age";

    private final ArchiveBook book;
    private final ArchiveStore.Opener stores;
    private final Recovery recovery;
    private final Instances instances;
    private final InstanceTransfer transfer;
    private final String server;
    private final Databases databases;
    private final SpareDatabases spares;
    private final ArchiveBackups backups;
    private final Path folder;
    private final Clock clock;

    /**
     * @param server the name of the server whose log is archived
     * @param folder for the backup, as long as it is needed; what is in it is removed
     */
    TimeRestorer(
            ArchiveBook book,
            ArchiveStore.Opener stores,
            Recovery recovery,
            Instances instances,
            InstanceTransfer transfer,
            String server,
            Databases databases,
            SpareDatabases spares,
            ArchiveBackups backups,
            Path folder,
            Clock clock) {
        this.book = book;
        this.stores = stores;
        this.recovery = recovery;
        this.instances = instances;
        this.transfer = transfer;
        this.server = server;
        this.databases = databases;
        this.spares = spares;
        this.backups = backups;
        this.folder = folder;
        this.clock = clock;
        clear();
    }

    /** The backup is of use to nobody any more. */
    private void clear() {
        try {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new BackupException("What is left of a restore in " + folder + " cannot be removed: " + e, e);
        }
    }

    TimeRestorePlan plan(TimeRestoreRequest request) {
        return Told.as(failed(request), () -> {
            ArchiveChain chain = chain(request);
            try (ArchiveStore store = stores.open(chain)) {
                return plan(request, chain, store.files());
            }
        });
    }

    private static String failed(TimeRestoreRequest request) {
        return request.instance() + " was not restored to " + request.to();
    }

    private ArchiveChain chain(TimeRestoreRequest request) {
        if (request.to().isAfter(clock.instant())) {
            throw new BackupException(failed(request) + ": that time is still to come. Give an earlier one.");
        }
        return book.covering(request.to())
                .orElseThrow(() ->
                        new BackupException(failed(request) + ": there is no archive of that time. " + possible()));
    }

    private String possible() {
        List<String> ranges = book.chains().stream()
                .flatMap(chain -> chain.range().stream())
                .map(range ->
                        "from " + range.from().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1) + " until "
                                + (range.end().isEmpty()
                                        ? "now"
                                        : range.until().truncatedTo(ChronoUnit.SECONDS) + " (" + range.end() + ")"))
                .toList();
        return ranges.isEmpty()
                ? "Switch archiving on with backup:archive on, and wait for its first base backup."
                : "One can restore " + String.join(", and ", ranges) + ".";
    }

    private TimeRestorePlan plan(TimeRestoreRequest request, ArchiveChain chain, List<Target.Kept> files) {
        ArchiveChain.Base base = chain.baseFor(request.to()).orElseThrow();
        InstanceInfo instance =
                transfer.carried(InstanceId.parse(request.instance())).info();
        if (!instance.server().equals(server)) {
            throw new BackupException(failed(request) + ": its database is on the server " + instance.server()
                    + ", whose administrator alone can archive its log. Restore it from a backup.");
        }
        request.as().map(InstanceId::parse).flatMap(instances::find).ifPresent(there -> {
            throw new BackupException(failed(request) + ": there is already an instance " + there.id()
                    + ". Choose another name, or leave --as out.");
        });
        Set<WalSegment> wanted = Stream.iterate(
                        new WalSegment(base.first()), it -> it.compareTo(chain.next()) < 0, WalSegment::next)
                .collect(Collectors.toSet());
        mustHave(request, wanted, ArchiveStore.segments(files));
        long fetch = files.stream()
                .filter(it -> it.name().equals(base.file())
                        || wanted.stream().anyMatch(segment -> it.name().equals(ArchiveStore.fileOf(segment))))
                .mapToLong(Target.Kept::bytes)
                .sum();
        return new TimeRestorePlan(
                request.as().orElse(request.instance()),
                request.as().isEmpty(),
                request.to(),
                base.ended(),
                chain.target(),
                fetch,
                recovery.bytesNeeded(base.backup()) + databases.size(instance.database()),
                spares.freeBytes());
    }

    private static void mustHave(TimeRestoreRequest request, Set<WalSegment> wanted, Set<WalSegment> there) {
        wanted.stream().filter(it -> !there.contains(it)).sorted().findFirst().ifPresent(missing -> {
            throw new BackupException(
                    failed(request) + ": the segment " + missing + " of the write-ahead log is missing"
                            + " on the target, and nothing can be restored across a gap. Put it back there, or restore from a"
                            + " backup.");
        });
    }

    /** All that is needed must be on the target. */
    RestoreResult restore(TimeRestoreRequest request, BackupProgress progress) {
        return Told.as(failed(request), () -> {
            ArchiveChain chain = chain(request);
            try (ArchiveStore store = stores.open(chain)) {
                List<Target.Kept> files = store.files();
                mustFit(request, plan(request, chain, files));
                backUpThen(request, chain, store, files, progress);
            }
            try {
                return backups.restore(
                        new RestoreRequest(BackupSource.of(folder.resolve(FILE)), request.as()), progress);
            } finally {
                clear();
            }
        });
    }

    private static void mustFit(TimeRestoreRequest request, TimeRestorePlan plan) {
        if (plan.bytesNeeded() > plan.bytesFree()) {
            throw new BackupException(String.format(
                    Locale.ROOT,
                    "%s: that needs %,d bytes beside what is taken now, and only %,d are free. Free the rest.",
                    failed(request),
                    plan.bytesNeeded(),
                    plan.bytesFree()));
        }
    }

    private void backUpThen(
            TimeRestoreRequest request,
            ArchiveChain chain,
            ArchiveStore store,
            List<Target.Kept> files,
            BackupProgress progress)
            throws IOException {
        Files.createDirectories(folder);
        ArchiveChain.Base base = chain.baseFor(request.to()).orElseThrow();
        AtomicLong replayed = new AtomicLong();
        long bytes = files.stream()
                .filter(it -> it.name().equals(base.file()))
                .mapToLong(Target.Kept::bytes)
                .sum();
        Meter fetched = new Meter(progress, "fetch", bytes);
        try (InputStream tar = store.open(base.file(), fetched);
                Recovery.Recovered then = recovery.recover(
                        tar,
                        new Recovery.Request(request.to(), new WalSegment(base.first()), new WalSegment(chain.last())),
                        segment -> store.open(ArchiveStore.fileOf(segment), new Meter(BackupProgress.NONE, "", 0)),
                        segment -> progress.at("replay", replayed.addAndGet(WalSegment.BYTES), 0))) {
            backups.maker()
                    .with(then.dumps())
                    .run(request.instance(), new FolderTarget(folder), header -> FILE, progress);
        }
    }
}
