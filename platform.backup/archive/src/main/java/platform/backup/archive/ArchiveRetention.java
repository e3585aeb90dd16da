package platform.backup.archive;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.db.api.WalSegment;

/**
 * Removes what is not needed to get to any time within the last days: base backups before the one that the first of these days
 * needs, the log before the oldest that is left, and chains that ended before.
 */
final class ArchiveRetention {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveRetention.class);

    private final ArchiveBook book;
    private final ArchiveStore.Opener stores;
    private final Clock clock;

    ArchiveRetention(ArchiveBook book, ArchiveStore.Opener stores, Clock clock) {
        this.book = book;
        this.stores = stores;
        this.clock = clock;
    }

    void apply(Duration keep) {
        Instant oldest = clock.instant().minus(keep);
        for (ArchiveChain chain : book.chains()) {
            try {
                keep(chain, needed(chain, oldest));
            } catch (IOException | BackupException e) {
                LOG.warn(
                        "What is not needed any more of the archive of {} on {} stays there until the next look: {}",
                        chain.name(),
                        chain.target(),
                        e.getMessage());
            }
        }
    }

    /** Removes all chains that have ended. */
    void removeEnded() throws IOException {
        for (ArchiveChain chain : book.chains()) {
            if (!chain.goesOn()) {
                keep(chain, List.of());
            }
        }
    }

    /** First the book knows that it is gone, then it goes: nobody is promised what is half removed. */
    private void keep(ArchiveChain chain, List<ArchiveChain.Base> bases) throws IOException {
        Optional<ArchiveChain> known = book.update(chain.name(), it -> it.withBases(bases));
        if (known.isPresent()) {
            clear(known.get());
        }
    }

    private static List<ArchiveChain.Base> needed(ArchiveChain chain, Instant oldest) {
        if (!chain.goesOn() && chain.until().isBefore(oldest)) {
            return List.of();
        }
        return chain.baseFor(oldest)
                .map(begin -> chain.bases()
                        .subList(chain.bases().indexOf(begin), chain.bases().size()))
                .orElse(chain.bases());
    }

    private void clear(ArchiveChain chain) throws IOException {
        boolean over = !chain.goesOn() && chain.bases().isEmpty();
        if (!over && chain.bases().isEmpty()) {
            return;
        }
        try (ArchiveStore store = stores.open(chain)) {
            if (!over) {
                store.record(chain);
                clear(store, it -> !isNeeded(it, chain));
            } else if (!goesOnElsewhere(store, chain)) {
                clear(store, it -> true);
            }
            if (over) {
                book.forget(chain.name());
            }
        }
    }

    private static void clear(ArchiveStore store, Predicate<String> removable) throws IOException {
        for (Target.Kept file : store.files()) {
            if (removable.test(file.name())) {
                store.delete(file.name());
            }
        }
    }

    /** A platform that was made of the backups of one that still runs must not remove what that one needs. */
    private static boolean goesOnElsewhere(ArchiveStore store, ArchiveChain chain) throws IOException {
        return store.recordedNow()
                .filter(it -> it.until().isAfter(chain.until()))
                .isPresent();
    }

    private static boolean isNeeded(String file, ArchiveChain chain) {
        if (file.equals(ArchiveStore.RECORD)) {
            return true;
        }
        String name = file.substring(0, Math.max(0, file.length() - ArchiveStore.SUFFIX.length()));
        return WalSegment.isName(name)
                ? name.compareTo(chain.bases().get(0).first()) >= 0
                : chain.bases().stream().anyMatch(it -> it.file().equals(file));
    }
}
