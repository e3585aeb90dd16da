package platform.core.api;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An instance's serial executor: tasks run one after the other in the order of their submission, on changing threads, with
 * memory effects as if on one. It costs no thread while idle. Submitting never blocks. What a task throws is logged and
 * does not stop the next, but for an {@link OutOfMemoryError}, {@link StackOverflowError} or {@link LinkageError}, after which the
 * instance is restarted. So it is when a task does
 * not end within a minute, or what is configured instead: work that takes longer belongs on a thread of the app's own. After the
 * instance's stop it refuses with {@link java.util.concurrent.RejectedExecutionException}.
 */
@ProviderType
public interface AppExecutor extends Executor {

    /** Runs the task once, after the delay. */
    Timer after(Duration delay, Runnable task);

    /** Runs the task again and again, the first time after one period; a late run delays the next and none piles up. */
    Timer every(Duration period, Runnable task);

    /** A task in waiting. */
    interface Timer {
        /** The task does not run any more, unless it is running now. Cancelling twice does nothing. */
        void cancel();
    }
}
