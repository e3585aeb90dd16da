package app.files;

import java.util.List;

/** How much the files take, and may take. Uploads in progress count. Any thread may call it. */
final class Quota {

    private final long limit;
    private long used;
    private long claimed;
    private int claims;
    private long settled;

    /**
     * @param limit in bytes; 0 for none
     * @param used by the files that are there
     */
    Quota(long limit, long used) {
        this.limit = limit;
        this.used = used;
    }

    synchronized long used() {
        return used;
    }

    boolean isLimited() {
        return limit > 0;
    }

    /** What more can be stored; only where there is a limit. */
    synchronized long available() {
        return Math.max(0, limit - used - claimed);
    }

    /** Begins to store or to remove something. */
    synchronized Claim claim() {
        claims++;
        return new Claim();
    }

    /** Changes with every change of what is used. */
    synchronized long turn() {
        return settled;
    }

    /**
     * Takes over what was counted in the database, where a failed commit left in doubt what it did.
     *
     * @param turn as it was before the counting
     * @return false when something changed meanwhile: then it has to be counted again
     */
    synchronized boolean recounted(long counted, long turn) {
        if (claims > 0 || turn != settled) {
            return false;
        }
        used = counted;
        return true;
    }

    /** Room for what is about to be stored; closed when it is there, or given up. */
    final class Claim implements AutoCloseable {

        private long size;
        private long replaced;

        /**
         * Asks for room.
         *
         * @param newSize how much will be stored as far as is known
         * @param nowReplaced how much of what is there it replaces
         * @throws DavException 507 when it does not fit
         */
        void require(long newSize, long nowReplaced) {
            synchronized (Quota.this) {
                long before = weight();
                long after = Math.max(0, newSize - nowReplaced);
                if (limit > 0 && after > before && used + claimed - before + after > limit) {
                    throw tooMuch();
                }
                size = newSize;
                replaced = nowReplaced;
                claimed += after - before;
            }
        }

        /** As {@link #require}, with what it replaces left as it was. */
        void grow(long newSize) {
            require(newSize, replaced);
        }

        /** What was asked for is stored now. */
        void settle() {
            synchronized (Quota.this) {
                used += size - replaced;
                settled++;
                claimed -= weight();
                size = 0;
                replaced = 0;
            }
        }

        @Override
        public void close() {
            synchronized (Quota.this) {
                claimed -= weight();
                claims--;
            }
        }

        private long weight() {
            return Math.max(0, size - replaced);
        }
    }

    private static DavException tooMuch() {
        return DavException.condition(
                507,
                "The quota of this file store is exhausted. Delete something, or ask for a larger quota.",
                "quota-not-exceeded",
                List.of());
    }
}
