package platform.core.bench;

import java.util.List;

/** One kind of measurement, made on a server that has just been started for it. */
interface Phase {

    /** As on the command line. */
    String name();

    /** All that it measures, in the order of the columns. */
    List<Figure> figures();

    /** Whether the server agrees on compression when it is offered. */
    default boolean deflate() {
        return false;
    }

    /** Flags of the platform's JVM that this needs besides those that all have. */
    default List<String> platformFlags() {
        return List.of();
    }

    /** How large the disk of the platform's data is, where it must be one that can be filled, in megabytes; 0 for any. */
    default int diskMegabytes() {
        return 0;
    }

    void measure(Trial trial);
}
