package platform.webserver.jetty;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that may wait in the memory: an instance's share, and above it what all instances may have together. */
final class Budget {

    private final long limit;
    private final Budget parent;
    private final AtomicLong used = new AtomicLong();

    /** @param parent null for the one at the top */
    Budget(long limit, Budget parent) {
        this.limit = limit;
        this.parent = parent;
    }

    long used() {
        return used.get();
    }

    /** Whether so much more would be within the limits. Nothing is reserved: threads at the same moment may pass it together. */
    boolean hasRoom(long bytes) {
        return used.get() + bytes <= limit && (parent == null || parent.hasRoom(bytes));
    }

    /** @param bytes negative to give back */
    void add(long bytes) {
        used.addAndGet(bytes);
        if (parent != null) {
            parent.add(bytes);
        }
    }
}
