package platform.backup.archive;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** First the book knows that it is gone, then it goes: nobody is promised what is half removed. */
    void apply(Duration keep) {
        Instant oldest = clock.instant().minus(keep);
        for (ArchiveChain chain : book.chains()) {
            book.update(chain.name(), it -> it.withBases(needed(it, oldest))).ifPresent(this::clear);
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

    private void clear(ArchiveChain chain) {
        boolean over = !chain.goesOn() && chain.bases().isEmpty();
        if (!over && chain.bases().isEmpty()) {
            return;
        }
        try (ArchiveStore store = stores.open(chain)) {
            Set<String> bases =
                    chain.bases().stream().map(ArchiveChain.Base::file).collect(Collectors.toSet());
            for (Target.Kept file : store.files()) {
                if (over || !isNeeded(file.name(), chain, bases)) {
                    store.delete(file.name());
                }
            }
            if (over) {
                book.forget(chain.name());
            }
        } catch (IOException | BackupException e) {
            LOG.warn(
                    "What is not needed any more of the archive of {} on {} stays there until the next base backup: {}",
                    chain.name(),
                    chain.target(),
                    e.getMessage());
        }
    }

    private static boolean isNeeded(String file, ArchiveChain chain, Set<String> bases) {
        String name = file.substring(0, Math.max(0, file.length() - ArchiveStore.SUFFIX.length()));
        return WalSegment.isName(name) ? name.compareTo(chain.bases().get(0).first()) >= 0 : bases.contains(file);
    }
}
