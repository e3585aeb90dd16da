package platform.webserver.jetty;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Paths are case-sensitive. When nothing is found that would have been with other capitals, the log says so, for whoever
 * wonders why; the client is told nothing. Anybody can ask for anything: each path is looked after once a minute, and no more
 * than some hundreds of them.
 */
final class CaseHints {

    private static final Logger LOG = LoggerFactory.getLogger(CaseHints.class);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST = 200;

    private final LongSupplier nanoTime;
    private final Map<String, Long> looked = new LinkedHashMap<>();

    CaseHints(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Nothing was found.
     *
     * @param similar what there is with other capitals, or null; may take its time
     */
    void missed(String path, String owner, Supplier<String> similar) {
        String existing = mayLook(path) ? similar.get() : null;
        if (existing != null) {
            LOG.info(
                    "{}: {} was asked for and not found; there is {}: paths are case-sensitive", owner, path, existing);
        }
    }

    private synchronized boolean mayLook(String path) {
        long now = nanoTime.getAsLong();
        Iterator<Long> eldest = looked.values().iterator();
        while (eldest.hasNext() && now - eldest.next() >= MINUTE) {
            eldest.remove();
        }
        return looked.size() < MOST && looked.putIfAbsent(path, now) == null;
    }
}
