package platform.core.instance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of apps' code that must not take too long. One that does is abandoned: nobody waits for it, but it is watched until it is over. */
public final class LimitedCalls {

    private static final Logger LOG = LoggerFactory.getLogger(LimitedCalls.class);

    private final Workers workers;
    private final Map<RunningCall, AbandonedCall> abandoned = new ConcurrentHashMap<>();

    public LimitedCalls(Workers workers) {
        this.workers = workers;
    }

    /**
     * Runs an app's code on a worker and waits for it. What outlasts the limit is interrupted and abandoned.
     *
     * @throws OverdueException when it takes longer
     * @throws Exception what the code threw
     */
    public <T> T call(String owner, String what, Duration limit, Callable<T> code) throws Exception {
        try {
            return workers.callWithin(limit, code);
        } catch (OverdueException e) {
            abandon(e.call(), new AbandonedCall(owner, what, e.getMessage()));
            throw e;
        }
    }

    /** Closes an instance's executor. A task that does not end is abandoned. */
    public void close(String owner, SerialExecutor executor, Duration limit) {
        executor.close(limit)
                .ifPresent(task -> abandon(
                        task,
                        new AbandonedCall(
                                owner,
                                "task",
                                "no end within " + limit.toSeconds() + " s of stopping; its thread is at "
                                        + task.stack())));
    }

    private void abandon(RunningCall call, AbandonedCall known) {
        LOG.warn("{} {} is abandoned: {}", known.owner(), known.what(), known.reason());
        abandoned.put(call, known);
    }

    /** Those that were abandoned and still run. */
    public List<AbandonedCall> abandoned() {
        abandoned.keySet().removeIf(RunningCall::isOver);
        return List.copyOf(abandoned.values());
    }
}
