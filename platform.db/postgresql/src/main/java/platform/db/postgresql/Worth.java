package platform.db.postgresql;

import platform.db.api.TableStatus;

/** When maintenance pays: below this it would cost more than it gives. */
final class Worth {

    /** The server's own vacuum begins at a fifth and fifty rows; at night a tenth is enough. */
    private static final double DEAD_PART = 0.1;

    private static final long DEAD_ROWS = 1000;

    /** Half of it empty is what a B-tree with random keys comes to by itself. */
    private static final double BLOATED_PART = 0.5;

    private static final long BLOATED_BYTES = 8L << 20;

    private Worth() {}

    static boolean vacuuming(TableStatus table) {
        return table.deadRows() >= DEAD_ROWS && table.deadRows() >= DEAD_PART * table.liveRows();
    }

    static boolean reindexing(TableStatus table) {
        long bloat = table.indexBloatBytes().orElse(0L);
        return bloat >= BLOATED_BYTES && bloat >= BLOATED_PART * table.indexBytes();
    }
}
