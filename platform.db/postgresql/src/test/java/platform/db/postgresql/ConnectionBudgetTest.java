package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets a connection when there are not enough. */
class ConnectionBudgetTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong();
    private final LinkedBlockingQueue<Runnable> later = new LinkedBlockingQueue<>();
    private final ConnectionBudget budget = new ConnectionBudget(5, now::get, later::add);
    private final List<Holder> everybody = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** A database that has idle and busy connections, and closes what it is told to. */
    private final class Holder implements ConnectionBudget.Holder {

        private final ConnectionBudget.Share share;
        private int idle;
        private int condemned;
        private int busy;

        Holder(String name, int busyOnes) throws SQLException {
            share = budget.share(name, 5);
            share.attach(this);
            for (int i = 0; i < busyOnes; i++) {
                share.acquire(Duration.ZERO);
                busy++;
            }
        }

        Future<?> ask() {
            CompletableFuture<Void> asked = new CompletableFuture<>();
            Future<?> got = threads.submit(() -> {
                asked.complete(null);
                share.acquire(LONG);
                return null;
            });
            asked.join();
            return got;
        }

        Future<?> askAndWait() throws Exception {
            Future<?> got = ask();
            Eventually.holds("it waits", share::isWaiting);
            return got;
        }

        /** The loan ends; the connection is idle then, unless it was to be closed. */
        void giveBack() {
            busy--;
            if (condemned > 0) {
                condemned--;
                share.release();
            } else {
                idle++;
            }
        }

        @Override
        public int idle() {
            return idle;
        }

        @Override
        public void evict() {
            condemned = busy;
            for (; idle > 0; idle--) {
                share.release();
            }
        }

        @Override
        public Optional<Loan> longestLoan() {
            return Optional.empty();
        }
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private void aMomentPasses() throws Exception {
        now.addAndGet(ConnectionBudget.TURN.toNanos());
        later.take().run();
    }

    @Test
    void anIdleConnectionIsClosedBeforeAnybodyWaits() throws Exception {
        Holder idler = new Holder("idler", 4);
        idler.giveBack();
        Holder other = new Holder("other", 1);

        new Holder("third", 1);

        assertThat(idler.idle).isZero();
        assertThat(other.condemned).isZero();
    }

    @Test
    void theLastFifthIsForThoseWhoHaveNone() throws Exception {
        Holder greedy = new Holder("greedy", 4);

        Future<?> fifth = greedy.askAndWait();
        new Holder("modest", 1);

        assertThat(fifth.isDone()).isFalse();
    }

    @Test
    void whoHasFewestIsServedFirstWhoeverCameFirst() throws Exception {
        Holder four = new Holder("four", 4);
        Holder one = new Holder("one", 1);
        Future<?> second = one.askAndWait();
        Holder none = new Holder("none", 0);
        Future<?> first = none.askAndWait();
        aMomentPasses();

        four.giveBack();

        first.get();
        assertThat(second.isDone()).isFalse();
    }

    @Test
    void aBusyDatabaseGivesItsConnectionsUpOnlyAfterItsTurn() throws Exception {
        Holder four = new Holder("four", 4);
        new Holder("one", 1);
        Future<?> waits = new Holder("none", 0).askAndWait();
        assertThat(four.condemned).as("it has only begun").isZero();

        aMomentPasses();

        assertThat(four.condemned).isEqualTo(4);
        four.giveBack();
        waits.get();
    }

    @Test
    void thereIsNoChangingOfPlacesAmongEquals() throws Exception {
        Holder two = new Holder("two", 2);
        Holder alsoTwo = new Holder("also two", 2);
        new Holder("one", 1);
        two.askAndWait();

        aMomentPasses();

        assertThat(alsoTwo.condemned).isZero();
    }

    @Test
    void inTurnEachOfManyMoreDatabasesThanConnectionsGetsOne() throws Exception {
        for (int i = 0; i < 5; i++) {
            everybody.add(new Holder("first " + i, 1));
        }
        List<Holder> late = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            late.add(new Holder("late " + i, 0));
            late.get(i).askAndWait();
        }
        for (int served = 5; served <= 15; served += 5) {
            aMomentPasses();
            List.copyOf(everybody).forEach(Holder::giveBack);
            everybody.clear();
            for (Holder next : late.subList(served - 5, served)) {
                Eventually.holds("its turn", () -> !next.share.isWaiting());
                next.busy = 1;
                everybody.add(next);
            }
        }
    }

    @Test
    void whoWaitsInVainIsToldWhoHasHowMany() throws Exception {
        new Holder("greedy", 4);
        new Holder("modest", 1);
        ConnectionBudget.Share unlucky = budget.share("unlucky", 5);

        assertThatThrownBy(() -> unlucky.acquire(Duration.ofMillis(1)))
                .isInstanceOf(SQLTransientConnectionException.class)
                .hasMessageContaining("greedy has 4, modest has 1")
                .hasMessageContaining("max_connections");
        assertThat(unlucky.isWaiting()).isFalse();
    }

    @Test
    void aDatabaseHasNoMoreThanItMay() throws Exception {
        Holder holder = new Holder("a", 1);
        holder.share.limit(1);
        Future<?> second = holder.askAndWait();
        holder.share.limit(2);
        second.get();
    }
}
