package platform.core.manager;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.ServiceUse;
import platform.core.child.AbandonedMessage;
import platform.core.child.ChildFailedException;
import platform.core.child.ChildLostException;
import platform.core.child.ChildProcess;
import platform.core.child.HostCalls;
import platform.core.instance.AbandonedCall;
import platform.core.instance.OverdueException;
import platform.core.instance.Workers;

/** Asks a process again and again whether it lives. One that does not answer three times in a row is killed, and so restarted. */
final class ChildPulse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChildPulse.class);
    private static final int MISSES = 3;

    private final String app;
    private final ChildProcess child;
    private final Workers workers;
    private final Supervision supervision;
    private final UseMeter meter;
    private final Future<?> timer;
    private final Object telling = new Object();
    private int missed;

    /** @param supervision hears which calls the process has abandoned */
    ChildPulse(String app, ChildProcess child, Workers workers, Supervision supervision) {
        this.app = app;
        this.child = child;
        this.workers = workers;
        this.supervision = supervision;
        this.meter = new UseMeter(child.pid(), System::nanoTime);
        Duration period = supervision.settings().healthPeriod();
        this.timer = workers.timer()
                .scheduleWithFixedDelay(
                        () -> workers.pool().execute(this::ask),
                        period.toMillis(),
                        period.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** What the process uses. */
    ServiceUse use() {
        return meter.read();
    }

    private synchronized void ask() {
        meter.mark();
        try {
            Duration limit = supervision.settings().healthLimit();
            tell(workers.callWithin(limit, () -> child.call(HostCalls::ping)));
            missed = 0;
        } catch (OverdueException | ChildFailedException e) {
            missed++;
            LOG.warn("The process of {} does not answer ({} of {})", app, missed, MISSES, e);
            if (missed >= MISSES) {
                child.kill();
            }
        } catch (ChildLostException e) {
            LOG.debug("The process of {} has ended", app, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.error("The process of {} cannot be asked", app, e);
        }
    }

    private void tell(List<AbandonedMessage> abandoned) {
        synchronized (telling) {
            if (!timer.isCancelled()) {
                supervision.abandonedInProcess(
                        app,
                        abandoned.stream()
                                .map(it -> new AbandonedCall(it.owner(), it.what(), it.reason()))
                                .toList());
            }
        }
    }

    /** With the process goes what it has abandoned. */
    @Override
    public void close() {
        synchronized (telling) {
            timer.cancel(false);
            supervision.abandonedInProcess(app, List.of());
        }
    }
}
