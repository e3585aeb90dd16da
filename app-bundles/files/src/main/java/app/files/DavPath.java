package app.files;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in the tree.
 *
 * @param names from the root down; each can be the name of an entry
 */
record DavPath(List<String> names) {

    static final DavPath ROOT = new DavPath(List.of());

    DavPath {
        names = List.copyOf(names);
    }

    int depth() {
        return names.size();
    }

    boolean isRoot() {
        return names.isEmpty();
    }

    /** The last name. */
    String name() {
        return names.get(names.size() - 1);
    }

    DavPath child(String name) {
        return descendant(List.of(name));
    }

    DavPath descendant(List<String> below) {
        List<String> all = new ArrayList<>(names);
        all.addAll(below);
        return new DavPath(all);
    }

    /** The first names of this path. */
    DavPath ancestor(int depth) {
        return new DavPath(names.subList(0, depth));
    }

    /** Whether it is the other or lies below it. */
    boolean isWithin(DavPath other) {
        return depth() >= other.depth() && ancestor(other.depth()).equals(other);
    }

    /** In quotes and cut: fit for a message and a log. */
    String display() {
        String whole = "/" + String.join("/", names);
        return "'" + (whole.length() > 200 ? whole.substring(0, 200) + "…" : whole) + "'";
    }
}
