package platform.core.instance;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppExecutor;
import platform.webserver.api.CallerRunsExecutor;

/**
 * Runs an instance's tasks one after the other on the shared workers. While there is nothing to do it is one small object
 * without a thread. Closed at first; an instance's start opens it, its stop closes it.
 */
public final class SerialExecutor implements AppExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);
    /** After so many tasks in a row a worker is given back, so that one busy instance does not keep it. */
    private static final int BATCH = 64;

    private static final RunningCall NONE = new RunningCall();

    private final String owner;
    private final Workers workers;
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private final Set<Waiting> waiting = new HashSet<>();
    private CodeScope scope;
    private boolean open;
    private boolean scheduled;
    /** Counts the times that a task was given up: what it held up runs without it. */
    private int turn;

    private final LongAdder refused = new LongAdder();
    private volatile long limit = Long.MAX_VALUE;
    private final LongAdder tasks = new LongAdder();
    private final LongAdder busy = new LongAdder();
    private final LongAdder cpu = new LongAdder();
    private volatile RunningCall current = NONE;
    private volatile Error fatal;

    public SerialExecutor(String owner, Workers workers) {
        this.owner = owner;
        this.workers = workers;
    }

    public void open(CodeScope newScope) {
        synchronized (queue) {
            scope = newScope;
            open = true;
            fatal = null;
        }
    }

    /** The task that runs for longer than that. */
    public Optional<RunningCall> stuck(Duration limit) {
        return Optional.of(current).filter(call -> call.isOlderThan(limit));
    }

    /** What it has done since the platform's start, and what it has to do. */
    public ExecutorUse use() {
        int waitingTasks;
        synchronized (queue) {
            waitingTasks = queue.size();
        }
        return new ExecutorUse(waitingTasks, tasks.sum(), busy.sum() / 1e9, cpu.sum() / 1e9);
    }

    /** Whether this thread runs a task now. */
    public boolean isRunBy(long threadId) {
        return current.thread().filter(thread -> thread.getId() == threadId).isPresent();
    }

    /** A task or a request has thrown this. After some errors nothing of the instance can be trusted. */
    public void failed(Error error) {
        if (error instanceof VirtualMachineError || error instanceof LinkageError) {
            synchronized (queue) {
                fatal = open ? error : null;
            }
        }
    }

    /** Why it cannot go on: what was thrown by one of its tasks or requests; empty while it can. */
    public Optional<String> fatal() {
        return Optional.ofNullable(fatal).map(error -> "A task or a request of it threw " + error + ".");
    }

    /**
     * Refuses new tasks and waits for those that were accepted, at most that long; what still waits then is dropped.
     *
     * @return the task that does not end, which was interrupted and given up
     */
    public Optional<RunningCall> close(Duration limit) {
        CountDownLatch done = new CountDownLatch(1);
        synchronized (queue) {
            if (!open) {
                return Optional.empty();
            }
            open = false;
            enqueue(done::countDown);
        }
        Optional<RunningCall> stuck = Optional.empty();
        if (!await(done, limit)) {
            LOG.warn("{} did not finish its tasks within {} s; those in waiting are dropped", owner, limit.toSeconds());
            stuck = giveUp();
        }
        synchronized (queue) {
            queue.clear();
            // Neither a timer nor the scope may keep the app's class loader alive.
            List.copyOf(waiting).forEach(Waiting::cancel);
            scope = null;
        }
        return stuck;
    }

    private Optional<RunningCall> giveUp() {
        RunningCall call = current;
        synchronized (queue) {
            turn++;
            scheduled = false;
        }
        call.interrupt();
        return Optional.of(call).filter(it -> it.thread().isPresent());
    }

    private static boolean await(CountDownLatch done, Duration limit) {
        try {
            return done.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** So many tasks of the app's own may wait from now on. */
    public void limit(long waitingTasks) {
        limit = waitingTasks;
    }

    public long limit() {
        return limit;
    }

    /** How many tasks were not taken because of that. */
    public long refused() {
        return refused.sum();
    }

    @Override
    public void execute(Runnable task) {
        synchronized (queue) {
            if (open && queue.size() >= limit) {
                refused.increment();
                throw new RejectedExecutionException(owner + " has " + queue.size()
                        + " tasks waiting, as many as it may: this one is refused. instance:limit " + owner
                        + " shows the limit");
            }
            executeAlways(task);
        }
    }

    private void executeAlways(Runnable task) {
        synchronized (queue) {
            if (!open) {
                throw stopped();
            }
            enqueue(task);
        }
    }

    /** For the callbacks of WebSockets: each has one waiting at most, which must not get lost. */
    public CallerRunsExecutor unlimited() {
        return new CallerRunsExecutor() {
            @Override
            public void execute(Runnable task) {
                executeAlways(task);
            }

            @Override
            public boolean tryRun(Runnable task) {
                return SerialExecutor.this.tryRun(task);
            }
        };
    }

    /** As {@link CallerRunsExecutor#tryRun} has it. */
    public boolean tryRun(Runnable task) {
        int mine;
        synchronized (queue) {
            mine = turn;
            if (!open) {
                throw stopped();
            }
            if (scheduled) {
                return false;
            }
            scheduled = true;
        }
        run(task);
        synchronized (queue) {
            if (mine == turn) {
                scheduled = false;
                schedule();
            }
        }
        return true;
    }

    private void enqueue(Runnable task) {
        queue.add(task);
        schedule();
    }

    private void schedule() {
        if (!scheduled && !queue.isEmpty()) {
            scheduled = true;
            int mine = turn;
            workers.pool().execute(() -> drain(mine));
        }
    }

    private void drain(int mine) {
        for (int i = 0; i < BATCH; i++) {
            Runnable task;
            synchronized (queue) {
                if (mine != turn) {
                    return;
                }
                task = queue.poll();
                if (task == null) {
                    scheduled = false;
                    return;
                }
            }
            run(task);
        }
        workers.pool().execute(() -> drain(mine));
    }

    private void run(Runnable task) {
        CodeScope code;
        synchronized (queue) {
            code = scope;
        }
        if (code == null) {
            // Taken from the queue when the stop had lost its patience: dropped like those behind it.
            return;
        }
        RunningCall call = new RunningCall().begin();
        current = call;
        long began = System.nanoTime();
        long cpuBefore = workers.cpuTime();
        try {
            code.call(Executors.callable(task));
        } catch (Throwable e) {
            // Whatever an app throws, its next task must run.
            LOG.error("{} A task failed", owner, e);
            if (e instanceof Error error) {
                failed(error);
            }
        } finally {
            call.end();
            tasks.increment();
            busy.add(System.nanoTime() - began);
            cpu.add(workers.cpuTime() - cpuBefore);
        }
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        synchronized (queue) {
            if (!open) {
                throw stopped();
            }
            Waiting timer = new Waiting(task);
            waiting.add(timer);
            timer.due = workers.timer().schedule(timer, delay.toMillis(), TimeUnit.MILLISECONDS);
            return timer;
        }
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        return new Periodic(period, task);
    }

    private RejectedExecutionException stopped() {
        return new RejectedExecutionException(owner + " is stopped and takes no more tasks");
    }

    /** A task that waits for its time; then it queues up with the others. */
    private final class Waiting implements Timer, Runnable {

        private final Runnable task;
        private Future<?> due;

        Waiting(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            synchronized (queue) {
                if (waiting.remove(this) && open) {
                    enqueue(task);
                }
            }
        }

        @Override
        public void cancel() {
            synchronized (queue) {
                waiting.remove(this);
                due.cancel(false);
            }
        }
    }

    /** Waits anew after each run, so that runs never pile up. */
    private final class Periodic implements Timer {

        private final Duration period;
        private final Runnable task;
        private boolean cancelled;
        private Timer next;

        Periodic(Duration period, Runnable task) {
            this.period = period;
            this.task = task;
            this.next = after(period, this::runOnce);
        }

        private synchronized void schedule() {
            synchronized (queue) {
                if (!cancelled && open) {
                    next = after(period, this::runOnce);
                }
            }
        }

        private void runOnce() {
            synchronized (this) {
                if (cancelled) {
                    return;
                }
            }
            try {
                task.run();
            } finally {
                schedule();
            }
        }

        @Override
        public synchronized void cancel() {
            cancelled = true;
            next.cancel();
        }
    }
}
