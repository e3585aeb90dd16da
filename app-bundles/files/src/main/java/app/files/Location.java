package app.files;

import java.util.List;
import java.util.Optional;

/**
 * What a path leads to.
 *
 * @param path as asked for
 * @param chain the entries on the way, from the root as far as they exist
 */
record Location(DavPath path, List<Entry> chain) {

    /** What is there; empty when nothing is. */
    Optional<Entry> entry() {
        return chain.size() == path.depth() + 1 ? Optional.of(chain.get(path.depth())) : Optional.empty();
    }

    boolean exists() {
        return entry().isPresent();
    }

    /** The folder that the path's last name is in; empty for the root, and when there is no such folder. */
    Optional<Entry> folder() {
        int index = path.depth() - 1;
        boolean there = index >= 0 && index < chain.size() && chain.get(index).isFolder();
        return there ? Optional.of(chain.get(index)) : Optional.empty();
    }

    /** The place one name above. */
    Location up() {
        int depth = path.depth() - 1;
        return new Location(path.ancestor(depth), chain.subList(0, Math.min(depth + 1, chain.size())));
    }

    /** Where on the way an entry lies. */
    DavPath pathOf(long entry) {
        int depth = chain.stream().map(Entry::id).toList().indexOf(entry);
        return path.ancestor(depth);
    }

    /** The folder, or the answer that a method gives when it is missing (RFC 4918 9.3.1, 9.7.1, 9.8.5, 9.9.4). */
    Entry requireFolder() {
        return folder().orElseThrow(() ->
                new DavException(409, "There is no folder for " + path.display() + ". Make the folder first."));
    }

    Entry require() {
        return entry().orElseThrow(() -> new DavException(404, "There is nothing at " + path.display() + "."));
    }
}
