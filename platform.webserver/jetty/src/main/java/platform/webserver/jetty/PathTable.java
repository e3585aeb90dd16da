package platform.webserver.jetty;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Who is where: an immutable map of paths. A change makes a new table; a request sees one table throughout. */
final class PathTable {

    static final PathTable EMPTY = new PathTable(Map.of());

    private final Map<String, Mount> mounts;
    private final int depth;

    private PathTable(Map<String, Mount> mounts) {
        this.mounts = mounts;
        this.depth =
                mounts.keySet().stream().mapToInt(PathTable::segments).max().orElse(0);
    }

    PathTable with(Mount mount) {
        Map<String, Mount> copy = new HashMap<>(mounts);
        copy.put(mount.path(), mount);
        return new PathTable(Map.copyOf(copy));
    }

    PathTable without(Mount mount) {
        Map<String, Mount> copy = new HashMap<>(mounts);
        copy.remove(mount.path(), mount);
        return new PathTable(Map.copyOf(copy));
    }

    /** The mount at exactly this path, or null. */
    Mount at(String path) {
        return mounts.get(path);
    }

    /** The mount with the longest path that is a prefix of this one on whole segments, or null. */
    Mount find(String path) {
        String prefix = path.substring(0, endOfSegment(path, depth));
        while (!prefix.isEmpty()) {
            Mount mount = mounts.get(prefix);
            if (mount != null) {
                return mount;
            }
            prefix = prefix.substring(0, Math.max(prefix.lastIndexOf('/'), 0));
        }
        return null;
    }

    Collection<Mount> all() {
        return mounts.values();
    }

    private static int segments(String path) {
        return (int) path.chars().filter(c -> c == '/').count();
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
