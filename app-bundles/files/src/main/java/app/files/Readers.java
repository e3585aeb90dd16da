package app.files;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who reads which content, so that a replaced file is not swept away under its readers. Any thread may call it. */
final class Readers {

    private final Map<Long, Integer> readers = new HashMap<>();
    private final Set<Long> doomed = new HashSet<>();

    /** Keeps a content until {@link #leave}. Returns false when it is being swept: then the entry shows another by now. */
    synchronized boolean enter(long content) {
        if (doomed.contains(content)) {
            return false;
        }
        readers.merge(content, 1, Integer::sum);
        return true;
    }

    synchronized void leave(long content) {
        readers.computeIfPresent(content, (id, count) -> count == 1 ? null : count - 1);
    }

    /** Lets nobody begin to read the content any more. Returns false when somebody reads it. */
    synchronized boolean doom(long content) {
        return !readers.containsKey(content) && (doomed.add(content) || doomed.contains(content));
    }

    /** The content is gone; its number is never used again. */
    synchronized void forget(long content) {
        doomed.remove(content);
    }
}
