package platform.db.postgresql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Shares the connections that a server takes among all databases. While there are enough, whoever wants one gets it. Then:
 *
 * <ul>
 *   <li>Idle connections of others are closed before anybody waits.
 *   <li>Who has the fewest is served first, and of those who came first. The last fifth is for those who have none.
 *   <li>Who has more, and has had it for a moment, must give up each connection when its loan ends: in turn everybody gets
 *       one, even when there are many times more databases than connections.
 * </ul>
 *
 * A loan is never cut off. Any thread may call; the databases are called under the lock, and must not block.
 */
final class ConnectionBudget {

    /** So long a connection serves a busy database before another one's turn comes: making one takes milliseconds. */
    static final Duration TURN = Duration.ofMillis(100);

    private static final int FIRST_ONES = 5;
    private static final int NAMED = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Ticket> waiting = new LinkedHashSet<>();
    private final Set<Share> shares = ConcurrentHashMap.newKeySet();
    private final int total;
    private final LongSupplier nanoTime;
    private final Consumer<Runnable> later;
    private int used;
    private boolean looking;

    /**
     * @param total how many connections there are
     * @param nanoTime the clock
     * @param later runs a task in some milliseconds: who waits is looked after again
     */
    ConnectionBudget(int total, LongSupplier nanoTime, Consumer<Runnable> later) {
        this.total = Math.max(1, total);
        this.nanoTime = nanoTime;
        this.later = later;
    }

    /** What the budget must know of a database that has connections. */
    interface Holder {

        /** How many connections of it nobody uses. */
        int idle();

        /** Closes those now, and those in use when they are given back. */
        void evict();

        Optional<Loan> longestLoan();
    }

    /** Somebody who waits for one connection. */
    private static final class Ticket {

        private final Share share;
        private final Condition turn;
        private boolean granted;

        Ticket(Share share, Condition turn) {
            this.share = share;
            this.turn = turn;
        }
    }

    /** One database's part. */
    final class Share {

        private final String name;
        private int most;
        private int held;
        private int tickets;
        private int condemned;
        private long turnBegan;
        private Optional<Holder> holder = Optional.empty();

        private Share(String name, int most) {
            this.name = name;
            this.most = most;
        }

        /** From now on its connections can be asked back. */
        void attach(Holder newHolder) {
            locked(() -> holder = Optional.of(newHolder));
        }

        /** The same database's for somebody else, who may have so many connections of it himself. */
        Share another(int itsMost) {
            return share(name, itsMost);
        }

        /** How many connections it may have from now on. */
        void limit(int newMost) {
            locked(() -> {
                most = newMost;
                grant();
            });
        }

        boolean isWaiting() {
            lock.lock();
            try {
                return tickets > 0;
            } finally {
                lock.unlock();
            }
        }

        /**
         * Waits for the right to make a connection.
         *
         * @throws SQLTransientConnectionException when that takes too long; it says who has how many
         */
        void acquire(Duration patience) throws SQLException {
            lock.lock();
            try {
                await(new Ticket(this, lock.newCondition()), patience.toNanos());
            } finally {
                lock.unlock();
            }
        }

        /** A connection is closed. */
        void release() {
            locked(() -> {
                held--;
                used--;
                condemned = Math.max(0, condemned - 1);
                grant();
            });
        }

        /** It is closed, and waits for nothing. */
        void leave() {
            shares.remove(this);
        }

        /** Who has how many connections, and what can be done about it. */
        String describe() {
            lock.lock();
            try {
                return ConnectionBudget.this.describe();
            } finally {
                lock.unlock();
            }
        }

        private int idle() {
            return holder.map(Holder::idle).orElse(0);
        }

        private boolean hadItsTurn(long now) {
            return now - turnBegan >= TURN.toNanos();
        }

        private boolean mayHaveMore() {
            return held < most && (held == 0 || total - used > total / FIRST_ONES);
        }

        /** What all that is asked back now may bring; those that should have come back and have not do not count. */
        private int coming(long now) {
            return hadItsTurn(now) ? 0 : condemned;
        }

        private void condemn(long now) {
            condemned = held;
            turnBegan = now;
            holder.ifPresent(Holder::evict);
        }
    }

    Share share(String name, int most) {
        Share share = new Share(name, most);
        shares.add(share);
        return share;
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private void await(Ticket ticket, long nanos) throws SQLException {
        waiting.add(ticket);
        ticket.share.tickets++;
        try {
            grant();
            makeRoom();
            for (long left = nanos; !ticket.granted; ) {
                if (left <= 0) {
                    throw new SQLTransientConnectionException(describe(), "53300");
                }
                left = ticket.turn.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(ticket);
            throw new SQLTransientConnectionException("Interrupted while waiting for a connection", "53300", e);
        } finally {
            waiting.remove(ticket);
            ticket.share.tickets--;
        }
    }

    private static void giveUp(Ticket ticket) {
        if (ticket.granted) {
            ticket.share.release();
        }
    }

    /** Gives what is free to those who wait. */
    private void grant() {
        while (used < total) {
            Optional<Ticket> next = waiting.stream()
                    .filter(ticket -> ticket.share.mayHaveMore())
                    .min(Comparator.comparingInt(ticket -> ticket.share.held));
            if (next.isEmpty()) {
                return;
            }
            grant(next.get());
        }
    }

    private void grant(Ticket ticket) {
        Share share = ticket.share;
        waiting.remove(ticket);
        if (share.held == 0) {
            share.turnBegan = nanoTime.getAsLong();
        }
        share.held++;
        used++;
        ticket.granted = true;
        ticket.turn.signal();
    }

    /** Looks for connections that can be given up, now and again for as long as somebody waits. */
    private void makeRoom() {
        long now = nanoTime.getAsLong();
        List<Share> holders = shares.stream()
                .filter(share -> share.held > 0)
                .sorted(Comparator.<Share>comparingInt(share -> share.held)
                        .reversed()
                        .thenComparingLong(share -> share.turnBegan))
                .toList();
        List<Share> poor =
                waitingFor(holders.stream().mapToInt(share -> share.coming(now)).sum());
        poor = evictIdle(holders, poor, now);
        evictBusy(holders, poor, now);
        if (!waiting.isEmpty() && !looking) {
            looking = true;
            later.accept(this::lookAgain);
        }
    }

    private void lookAgain() {
        locked(() -> {
            looking = false;
            makeRoom();
        });
    }

    /** The databases that wait, those first that are served first, without the first few, to whom something comes already. */
    private List<Share> waitingFor(int coming) {
        return waiting.stream()
                .map(ticket -> ticket.share)
                .filter(share -> share.held < share.most)
                .sorted(Comparator.comparingInt(share -> share.held))
                .skip(coming)
                .toList();
    }

    private List<Share> evictIdle(List<Share> holders, List<Share> poor, long now) {
        int needed = poor.size();
        for (Share holder : holders) {
            int idle = needed > 0 ? holder.idle() : 0;
            if (idle > 0) {
                holder.condemn(now);
                needed -= idle;
            }
        }
        return poor.subList(poor.size() - Math.max(0, needed), poor.size());
    }

    private void evictBusy(List<Share> holders, List<Share> poor, long now) {
        List<Share> rich = new ArrayList<>(
                holders.stream().filter(share -> share.hadItsTurn(now)).toList());
        int coming = 0;
        for (Share share : poor) {
            if (coming > 0) {
                coming--;
            } else if (!rich.isEmpty() && isRicher(rich.get(0), share)) {
                Share richest = rich.remove(0);
                richest.condemn(now);
                coming = richest.held - 1;
            }
        }
    }

    /** Whether a connection that goes from one to the other makes it fairer: it must not come back the next moment. */
    private static boolean isRicher(Share rich, Share poor) {
        return rich != poor && (poor.held == 0 || rich.held > poor.held + 1);
    }

    private String describe() {
        List<Share> holders = shares.stream()
                .filter(share -> share.held > 0)
                .sorted(Comparator.<Share>comparingInt(share -> share.held).reversed())
                .toList();
        return "All " + total + " connections that the server has for databases are in use, or kept for databases that"
                + " have none: " + holders(holders) + ". " + longestLoan(holders)
                + "Give connections back sooner, or raise max_connections (ALTER SYSTEM) and restart the platform";
    }

    private static String holders(List<Share> holders) {
        String first = holders.stream()
                .limit(NAMED)
                .map(share -> share.name + " has " + share.held)
                .collect(Collectors.joining(", "));
        int rest = holders.stream().skip(NAMED).mapToInt(share -> share.held).sum();
        return rest == 0 ? first : first + ", and " + (holders.size() - NAMED) + " others have " + rest;
    }

    private static String longestLoan(List<Share> holders) {
        record Longest(String database, Loan loan) {}
        return holders.stream()
                .flatMap(share ->
                        share.holder.flatMap(Holder::longestLoan).map(loan -> new Longest(share.name, loan)).stream())
                .max(Comparator.comparingLong(longest -> longest.loan().nanos()))
                .map(longest -> "The longest is out of " + longest.database() + ", " + longest.loan() + ". ")
                .orElse("");
    }
}
