package platform.core.instance;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A call did not come back in time; it has been interrupted, and nobody waits for it any more. */
public final class OverdueException extends TimeoutException {

    private static final long serialVersionUID = 1L;

    private final transient RunningCall call;

    public OverdueException(Duration limit, RunningCall call) {
        super("no answer within " + limit.toMillis() / 1000.0 + " s; its thread is at " + call.stack());
        this.call = call;
    }

    /** What may still run. */
    public RunningCall call() {
        return call;
    }
}
