package platform.webserver.jetty;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Who is where: an immutable map of paths and hosts. A change makes a new table; a request sees one table throughout. */
final class PathTable {

    static final PathTable EMPTY = new PathTable(Map.of());

    private final Map<String, Mount> mounts;
    private final Map<String, Mount> hosts = new HashMap<>();
    private final Map<String, Former> formerPaths = new HashMap<>();
    private final int depth;
    private final int formerDepth;

    /** A path that redirects. */
    record Former(String path, Mount mount, Instant until) {

        /** Two mounts have the same one only when the time of one of them is over. */
        Former longer(Former other) {
            return until.isBefore(other.until) ? other : this;
        }
    }

    private PathTable(Map<String, Mount> mounts) {
        this.mounts = mounts;
        this.depth = depth(mounts.keySet());
        for (Mount mount : mounts.values()) {
            mount.aliases().host().ifPresent(host -> hosts.put(host, mount));
            mount.aliases()
                    .formerPaths()
                    .forEach((path, until) -> formerPaths.merge(path, new Former(path, mount, until), Former::longer));
        }
        this.formerDepth = depth(formerPaths.keySet());
    }

    /** Also when what leads to a mount that is here already has changed. */
    PathTable with(Mount mount) {
        return changed(copy -> copy.put(mount.path(), mount));
    }

    PathTable without(Mount mount) {
        return changed(copy -> copy.remove(mount.path(), mount));
    }

    private PathTable changed(Consumer<Map<String, Mount>> change) {
        Map<String, Mount> copy = new HashMap<>(mounts);
        change.accept(copy);
        return new PathTable(copy);
    }

    /** The mount at exactly this path, or null. */
    Mount at(String path) {
        return mounts.get(path);
    }

    /** The mount with the longest path that is a prefix of this one on whole segments, or null. */
    Mount find(String path) {
        return longest(mounts, path, depth, mount -> true);
    }

    /** Whether any mount has a host for itself. */
    boolean hasHosts() {
        return !hosts.isEmpty();
    }

    /** The mount that has this host for itself, or null. */
    Mount ownerOf(String host) {
        return hosts.get(host);
    }

    /** What redirects exactly this path, or null; its time may be over. */
    Former formerAt(String path) {
        return formerPaths.get(path);
    }

    /** What redirects this path, or null. */
    Former findFormer(String path, Predicate<Former> valid) {
        return longest(formerPaths, path, formerDepth, valid);
    }

    /** The mount that {@link #find} would give if it did not matter which letters are capitals, or null. Takes its time. */
    Mount findIgnoringCase(String path) {
        Map<String, Mount> lower = new HashMap<>();
        mounts.forEach((key, mount) -> lower.put(key.toLowerCase(Locale.ROOT), mount));
        return longest(lower, path.toLowerCase(Locale.ROOT), depth, mount -> true);
    }

    Collection<Mount> all() {
        return Collections.unmodifiableCollection(mounts.values());
    }

    private static <T> T longest(Map<String, T> paths, String path, int depth, Predicate<T> wanted) {
        String prefix = path.substring(0, endOfSegment(path, depth));
        while (!prefix.isEmpty()) {
            T found = paths.get(prefix);
            if (found != null && wanted.test(found)) {
                return found;
            }
            prefix = prefix.substring(0, Math.max(prefix.lastIndexOf('/'), 0));
        }
        return null;
    }

    /** Without streams: at a start it is called for each instance, on the paths of all that came before. */
    private static int depth(Collection<String> paths) {
        int depth = 0;
        for (String path : paths) {
            depth = Math.max(depth, segments(path));
        }
        return depth;
    }

    private static int segments(String path) {
        int segments = 0;
        for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
            segments++;
        }
        return segments;
    }

    /** Where the first {@code count} segments end, so that a long path costs no more look-ups than the deepest mount. */
    private static int endOfSegment(String path, int count) {
        int end = 0;
        for (int i = 0; i < count && end < path.length(); i++) {
            int slash = path.indexOf('/', end + 1);
            end = slash < 0 ? path.length() : slash;
        }
        return end;
    }
}
