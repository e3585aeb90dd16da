package platform.core.instance;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The threads that all instances share: virtual ones where the JVM has them, else a pool that grows and shrinks; and one
 * thread that only hands timers over.
 */
public class Workers implements AutoCloseable {

    /** How many instances start or stop at a time: each needs database connections of its own. */
    private static final int PARALLEL = 8;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ExecutorService pool = newPool();
    /** Virtual threads have no time of their own. */
    private final boolean hasCpuTime = pool instanceof ThreadPoolExecutor && THREADS.isCurrentThreadCpuTimeSupported();

    private final ScheduledThreadPoolExecutor timer = newTimer();

    @Override
    public void close() {
        timer.shutdownNow();
        pool.shutdown();
    }

    public Executor pool() {
        return pool;
    }

    /** The time in nanoseconds that this thread has had of a processor; 0 where the workers are virtual threads. */
    public long cpuTime() {
        return hasCpuTime ? THREADS.getCurrentThreadCpuTime() : 0;
    }

    /** Whether {@link #cpuTime} tells it. */
    public boolean hasCpuTime() {
        return hasCpuTime;
    }

    public ScheduledExecutorService timer() {
        return timer;
    }

    /**
     * Runs the work on a worker and waits for it.
     *
     * @throws OverdueException when it takes longer; the worker has then been interrupted
     * @throws Exception what the work threw
     */
    public <T> T callWithin(Duration limit, Callable<T> work) throws Exception {
        RunningCall call = new RunningCall();
        Future<T> result = pool.submit(() -> {
            call.begin();
            try {
                return work.call();
            } finally {
                call.end();
            }
        });
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            OverdueException overdue = new OverdueException(limit, call);
            result.cancel(true);
            if (call.thread().isEmpty()) {
                // It has not begun, and now it never does.
                call.end();
            }
            throw overdue;
        } catch (InterruptedException e) {
            result.cancel(true);
            throw e;
        }
    }

    /** Does the work for each item, a few at a time, and returns when all are done. What one throws is its own affair. */
    public <T> void forEach(Iterable<T> items, Consumer<T> work) {
        Semaphore places = new Semaphore(PARALLEL);
        for (T item : items) {
            places.acquireUninterruptibly();
            pool.execute(() -> {
                try {
                    work.accept(item);
                } finally {
                    places.release();
                }
            });
        }
        places.acquireUninterruptibly(PARALLEL);
    }

    private static ScheduledThreadPoolExecutor newTimer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, task -> daemon(new Thread(task, "platform-timer")));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ExecutorService newPool() {
        try {
            return virtualThreads();
        } catch (ReflectiveOperationException e) {
            // Java 17 to 20 has none.
            return Executors.newCachedThreadPool(task -> daemon(new Thread(task, "platform-worker")));
        }
    }

    /** By reflection, because the byte code is that of Java 17. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        Class<?> builderType = Class.forName("java.lang.Thread$Builder");
        Object named = builderType.getMethod("name", String.class).invoke(builder, "platform-worker");
        ThreadFactory factory = (ThreadFactory) builderType.getMethod("factory").invoke(named);
        Method perTask = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
        return (ExecutorService) perTask.invoke(null, factory);
    }

    private static Thread daemon(Thread thread) {
        // It would keep the loader of the app whose code happened to ask for it.
        thread.setContextClassLoader(Workers.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }
}
