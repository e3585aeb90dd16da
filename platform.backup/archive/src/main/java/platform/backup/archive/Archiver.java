package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.ArchiveSetup;
import platform.db.api.DiskLevel;
import platform.db.api.WalArchive;
import platform.db.api.WalCut;
import platform.db.api.WalSegment;

/**
 * Takes complete segments to the target, one after the other, and has one completed each minute in which something was committed.
 * Whatever leaves a gap ends the chain; the next look begins another one. One thread at a time calls it.
 */
final class Archiver {

    private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** So much may be missing of a quiet time when the platform is gone for good. */
    private static final Duration NOTED_AGAIN = Duration.ofMinutes(10);

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final ArchiveBook book;
    private final WalArchive wal;
    private final ArchiveStore.Opener stores;
    private final Supplier<DiskLevel> disk;
    private final Clock clock;
    private Instant cutAt = Instant.EPOCH;
    private Optional<WalCut> cut = Optional.empty();
    /** What is noted on the target. */
    private Optional<ArchiveChain> recorded = Optional.empty();

    Archiver(ArchiveBook book, WalArchive wal, ArchiveStore.Opener stores, Supplier<DiskLevel> disk, Clock clock) {
        this.book = book;
        this.wal = wal;
        this.stores = stores;
        this.disk = disk;
        this.clock = clock;
    }

    static String name(Instant time) {
        return NAME.format(time);
    }

    /** Looks whether the target takes files. */
    void probe(ArchiveSetup setup) throws IOException {
        ArchiveChain none = none(setup);
        try (ArchiveStore store = stores.open(none)) {
            store.put(none.name(), out -> {
                out.write(1);
                return none;
            });
            store.delete(none.name());
        }
    }

    private ArchiveChain none(ArchiveSetup setup) {
        Instant now = clock.instant();
        return new ArchiveChain("probe-" + name(now), setup.target(), wal.system(), "", "", now, "", List.of());
    }

    /**
     * The book of a platform that was made anew from its backups has nothing: what it has archived before is noted on the target,
     * too.
     */
    private void adopt(ArchiveSetup setup) throws IOException {
        try (ArchiveStore store = stores.open(none(setup))) {
            List<ArchiveChain> found = store.recorded().stream()
                    .map(it -> it.on(setup.target()))
                    .map(it -> it.goesOn() ? it.ended("The platform was made anew from its backups.") : it)
                    .toList();
            book.adopt(found);
            LOG.info("{} has {} archives of this platform's former days", setup.target(), found.size());
        }
    }

    /** Archives what has come. */
    void archive(ArchiveSetup setup) throws IOException {
        if (disk.get().reaches(DiskLevel.VERY_LOW)) {
            end("The platform's disk was nearly full.");
            return;
        }
        if (book.isNew()) {
            adopt(setup);
        }
        ArchiveChain chain = chain(setup);
        if (isTimeToCut(chain)) {
            cut();
        }
        ship(chain);
        if (cut.filter(it -> chain(chain.name()).next().compareTo(it.last()) > 0)
                .isPresent()) {
            Instant until = cut.get().time();
            cut = Optional.empty();
            record(book.update(chain.name(), known -> known.until(until)).orElseThrow());
        }
    }

    /** Where nothing was written, and no base backup waits for that, it is noted on the target now and then only. */
    private void record(ArchiveChain chain) throws IOException {
        boolean isNew = recorded.filter(it -> it.last().equals(chain.last()))
                .filter(it -> chain.until().isBefore(it.until().plus(NOTED_AGAIN)))
                .filter(it -> chain.baseFor(Instant.MAX)
                        .filter(base -> base.ended().isAfter(it.until()))
                        .isEmpty())
                .isEmpty();
        if (isNew) {
            try (ArchiveStore store = stores.open(chain)) {
                store.record(chain);
            }
            recorded = Optional.of(chain);
        }
    }

    /** Each minute, and when nothing but that keeps the first base backup from being of use. */
    private boolean isTimeToCut(ArchiveChain chain) {
        boolean waits = !chain.bases().isEmpty() && chain.range().isEmpty() && cut.isEmpty();
        return waits || !clock.instant().isBefore(cutAt.plus(MINUTE));
    }

    /** Archives what was written until now, as far as that can be done at once. */
    void catchUp(ArchiveSetup setup) throws IOException {
        if (cut.isEmpty()) {
            cut();
        }
        recorded = Optional.empty();
        archive(setup);
    }

    private void cut() {
        cut = Optional.of(wal.cut());
        cutAt = clock.instant();
    }

    private ArchiveChain chain(String name) {
        return book.find(name).orElseThrow();
    }

    private ArchiveChain chain(ArchiveSetup setup) {
        Optional<ArchiveChain> current = book.current();
        if (current.isPresent()) {
            reasonToEnd(current.get(), setup).ifPresent(this::end);
        }
        return book.current().orElseGet(() -> begin(setup));
    }

    private Optional<String> reasonToEnd(ArchiveChain chain, ArchiveSetup setup) {
        if (!wal.isOn()) {
            return Optional.of("The write-ahead log was not archived for a while.");
        }
        if (!chain.target().equals(setup.target())) {
            return Optional.of("The target was changed.");
        }
        return chain.system().equals(wal.system())
                ? Optional.empty()
                : Optional.of("The database server has got another data folder, as after an upgrade.");
    }

    private ArchiveChain begin(ArchiveSetup setup) {
        WalSegment first = wal.begin();
        Instant now = clock.instant();
        ArchiveChain chain = ArchiveChain.begin(name(now), setup.target(), wal.system(), first, now);
        book.begin(chain);
        cut = Optional.empty();
        return chain;
    }

    private void ship(ArchiveChain chain) throws IOException {
        List<WalSegment> complete = wal.complete();
        if (complete.isEmpty()) {
            return;
        }
        try (ArchiveStore store = stores.open(chain)) {
            for (WalSegment segment : complete) {
                WalSegment next = chain(chain.name()).next();
                if (segment.compareTo(next) > 0) {
                    end("The segment " + next + " of the write-ahead log is missing.");
                    return;
                }
                // One that is there already was not removed because the platform was killed.
                if (segment.equals(next)) {
                    ship(segment, store);
                    book.update(chain.name(), it -> it.shipped(segment));
                }
                wal.remove(segment);
            }
        }
    }

    private void ship(WalSegment segment, ArchiveStore store) throws IOException {
        store.put(ArchiveStore.fileOf(segment), out -> {
            try (InputStream in = wal.open(segment)) {
                return in.transferTo(out);
            }
        });
    }

    /** Ends the chain, and the archiving with it. Does nothing when that has been done. */
    void end(String reason) {
        if (wal.isOn()) {
            wal.end();
        }
        book.current().ifPresent(chain -> {
            LOG.warn("The archive of {} ends: {}", chain.name(), reason);
            book.update(chain.name(), it -> it.ended(reason));
        });
        cut = Optional.empty();
    }
}
