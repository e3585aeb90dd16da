package platform.webserver.api;

import java.util.concurrent.Executor;

/**
 * A serial executor that a caller may be a part of for a moment: the task then runs without a change of threads, and still
 * never beside another.
 */
public interface CallerRunsExecutor extends Executor {

    /**
     * Runs the task on the calling thread, if nothing else runs or waits.
     *
     * @return false when something does: then the task was not run, and is best given to {@link #execute}
     * @throws java.util.concurrent.RejectedExecutionException when it takes no more tasks
     */
    boolean tryRun(Runnable task);
}
