package platform.core.manager;

import java.lang.management.ThreadInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Alarms;
import platform.core.api.State;
import platform.core.instance.Deadlocks;
import platform.core.instance.Workers;

/**
 * The rounds of the watchdog: what has failed is tried again, what runs is asked how it is, and the alarms follow. Whatever can
 * block is done on a worker.
 */
final class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    /** How many instances are started again or stopped at a time: each needs database connections of its own. */
    private static final int PARALLEL = 8;

    private final InstanceManager instances;
    private final AppServices services;
    private final Supervision supervision;
    private final Workers workers;
    private final SupervisionAlarms alarms;
    private final Supplier<Optional<String>> database;
    private final Clock clock;
    private final Semaphore places = new Semaphore(PARALLEL);
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicBoolean checking = new AtomicBoolean();
    private volatile Optional<String> databaseTrouble = Optional.empty();
    private volatile boolean suspected;
    private List<ThreadInfo> deadlocked = List.of();
    private Instant nextCheck = Instant.EPOCH;

    /** @param database says what is wrong with the database server */
    Rounds(
            InstanceManager instances,
            AppServices services,
            Supervision supervision,
            Workers workers,
            Alarms alarms,
            Supplier<Optional<String>> database,
            Clock clock) {
        this.instances = instances;
        this.services = services;
        this.supervision = supervision;
        this.workers = workers;
        this.alarms = new SupervisionAlarms(alarms);
        this.database = database;
        this.clock = clock;
    }

    /** One look at everything. */
    synchronized void run() {
        once(asking, this::askDatabase);
        services.retry(workers.pool());
        instances.all().forEach(this::act);
        if (!clock.instant().isBefore(nextCheck)) {
            nextCheck = clock.instant().plus(supervision.settings().healthPeriod());
            deadlocked = Deadlocks.find();
            instances.all().forEach(this::breakDeadlock);
            once(checking, this::checkHealth);
        }
        showAlarms();
    }

    /** Has the work be done on a worker, unless the last time is not over yet. */
    private void once(AtomicBoolean busy, Runnable work) {
        if (busy.compareAndSet(false, true)) {
            workers.pool().execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.error("The watchdog could not look at everything", e);
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    /** One bad answer may only mean that the machine is busy. */
    void askDatabase() {
        Optional<String> trouble = database.get();
        databaseTrouble = suspected ? trouble : Optional.empty();
        suspected = trouble.isPresent();
        supervision.setDatabaseAway(databaseTrouble.isPresent());
    }

    private void act(ManagedInstance instance) {
        instance.ifFree(() -> instance.followDatabase(databaseTrouble));
        if (instance.isLost()) {
            work(instance, () -> instance.executor().fatal().ifPresent(instance::fail));
        } else if (instance.isDue() && databaseTrouble.isEmpty()) {
            work(instance, () -> retry(instance));
        }
    }

    private void retry(ManagedInstance instance) {
        if (instance.isDue()) {
            instances.startIfPossible(instance);
        }
    }

    private void breakDeadlock(ManagedInstance instance) {
        deadlocked.stream()
                .filter(thread -> instance.isRunBy(thread.getThreadId()))
                .findFirst()
                .ifPresent(thread -> work(
                        instance,
                        () -> instance.fail("Its executor is in a deadlock: " + Deadlocks.describe(deadlocked))));
    }

    /** What finds no place now is found again by the next look. */
    private void work(ManagedInstance instance, Runnable work) {
        if (places.tryAcquire()) {
            workers.pool().execute(() -> {
                try {
                    instance.ifFree(work);
                } finally {
                    places.release();
                }
            });
        }
    }

    void checkHealth() {
        workers.forEach(instances.all(), instance -> instance.ifFree(instance::check));
    }

    private void showAlarms() {
        services.list().forEach(alarms::service);
        boolean away = databaseTrouble.isPresent();
        // Without the database all are degraded, and one alarm says so.
        instances.list().stream()
                .filter(it -> !away || it.state() != State.DEGRADED)
                .forEach(alarms::instance);
        alarms.database(databaseTrouble);
        alarms.deadlock(deadlocked);
        supervision.abandoned().forEach(alarms::abandoned);
        alarms.leaks(
                supervision.leaks().leaked(supervision.settings().leakLimit()),
                supervision.settings().leakLimit());
        alarms.show();
    }
}
