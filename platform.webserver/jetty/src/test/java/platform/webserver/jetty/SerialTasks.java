package platform.webserver.jetty;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import platform.webserver.api.CallerRunsExecutor;

/** An instance's executor whose tasks run when the test says so. */
class SerialTasks implements Executor {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean stopped;

    @Override
    public synchronized void execute(Runnable task) {
        if (stopped) {
            throw new RejectedExecutionException("stopped");
        }
        tasks.add(task);
    }

    synchronized void stop() {
        stopped = true;
    }

    synchronized int waiting() {
        return tasks.size();
    }

    private synchronized Runnable next() {
        return tasks.poll();
    }

    boolean runOne() {
        Runnable task = next();
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    SerialTasks runAll() {
        while (runOne()) {
            // The next one, which this one may have added.
            Thread.onSpinWait();
        }
        return this;
    }

    /** One that a caller may be a part of. */
    static final class CallerRuns extends SerialTasks implements CallerRunsExecutor {
        int ranHere;

        @Override
        public boolean tryRun(Runnable task) {
            if (waiting() > 0) {
                return false;
            }
            ranHere++;
            task.run();
            return true;
        }
    }
}
