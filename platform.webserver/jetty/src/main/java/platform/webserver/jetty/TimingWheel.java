package platform.webserver.jetty;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deadlines of all sockets: a hashed timing wheel (Varghese and Lauck, 1987, scheme 6) with one slot a second. An entry
 * carries its own links, so that a deadline costs 12 bytes and no object, and is set, moved or cancelled in constant time.
 * Any thread may call it; {@link Entry#expired} is called by the thread that ticks, outside the lock.
 */
final class TimingWheel {

    private static final Logger LOG = LoggerFactory.getLogger(TimingWheel.class);
    private static final int SLOTS = 512;

    private final Entry[] slots = new Entry[SLOTS];
    private int size;
    private volatile int now;

    /** Seconds since the wheel began to turn. */
    int now() {
        return now;
    }

    synchronized int size() {
        return size;
    }

    /** Sets or moves the entry's only deadline, at least a second ahead. */
    synchronized void schedule(Entry entry, int seconds) {
        unlink(entry);
        entry.due = now + Math.max(1, seconds);
        Entry head = slots[entry.due % SLOTS];
        entry.after = head;
        if (head != null) {
            head.before = entry;
        }
        slots[entry.due % SLOTS] = entry;
        size++;
    }

    synchronized void cancel(Entry entry) {
        unlink(entry);
    }

    /** A second has passed. */
    void tick() {
        turn().forEach(TimingWheel::expire);
    }

    private static void expire(Entry entry) {
        try {
            entry.expired();
        } catch (RuntimeException e) {
            // The others are due as well.
            LOG.error("What was due to happen failed", e);
        }
    }

    private synchronized List<Entry> turn() {
        // Before it would overflow, in 68 years, somebody will have restarted the platform.
        int second = now + 1;
        now = second;
        List<Entry> expired = new ArrayList<>();
        Entry entry = slots[second % SLOTS];
        while (entry != null) {
            Entry after = entry.after;
            if (entry.due == second) {
                unlink(entry);
                expired.add(entry);
            }
            entry = after;
        }
        return expired;
    }

    private void unlink(Entry entry) {
        if (entry.due == 0) {
            return;
        }
        if (entry.before == null) {
            slots[entry.due % SLOTS] = entry.after;
        } else {
            entry.before.after = entry.after;
        }
        if (entry.after != null) {
            entry.after.before = entry.before;
        }
        entry.before = null;
        entry.after = null;
        entry.due = 0;
        size--;
    }

    /** Something with a deadline. */
    abstract static class Entry {
        private Entry before;
        private Entry after;
        /** The second of the deadline; 0 when there is none. */
        private int due;

        /** The deadline has passed; there is none any more. */
        abstract void expired();
    }
}
