package platform.core.manager;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The class loaders of versions that are gone. One that outlasts collections of the old generation and the time that sessions
 * live is held by something that should have let go. It never asks for a collection: it waits for those that happen.
 */
final class LeakWatch {

    /** What one collection finds unreachable may first have to be finalized, or be softly held. */
    private static final int COLLECTIONS = 2;

    private static final Pattern YOUNG = Pattern.compile("Copy|ParNew|.*(Young|Scavenge|Minor|Pauses).*");

    private final Clock clock;
    private final LongSupplier collections;
    private final Set<Gone> gone = ConcurrentHashMap.newKeySet();

    /** A loader that nothing needs any more. */
    private record Gone(String owner, WeakReference<ClassLoader> loader, Instant since, long collectionsBefore) {}

    LeakWatch() {
        this(Clock.systemUTC(), LeakWatch::oldCollections);
    }

    /** @param collections how many there have been of all the heap */
    LeakWatch(Clock clock, LongSupplier collections) {
        this.clock = clock;
        this.collections = collections;
    }

    private static long oldCollections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> !YOUNG.matcher(collector.getName()).matches())
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    /** From now on nothing should hold this loader. */
    void gone(String owner, ClassLoader loader) {
        gone.add(new Gone(owner, new WeakReference<>(loader), clock.instant(), collections.getAsLong()));
    }

    /** How many loaders of each owner have stayed for longer than that. */
    Map<String, Long> leaked(Duration limit) {
        gone.removeIf(it -> it.loader().get() == null);
        Instant since = clock.instant().minus(limit);
        long before = collections.getAsLong() - COLLECTIONS;
        return gone.stream()
                .filter(it -> !it.since().isAfter(since) && it.collectionsBefore() <= before)
                .collect(Collectors.groupingBy(Gone::owner, TreeMap::new, Collectors.counting()));
    }
}
