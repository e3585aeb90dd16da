package platform.core.dist;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;

/**
 * The end, in order, whoever asks for it: the framework's levels from the top down, hence the apps first and the
 * database last, then the data folder's lock. It is bounded, since whoever sent the signal will not wait for ever.
 */
final class Shutdown {

    private static final long BOUND_MILLISECONDS = 8_500;
    private static final long WHOLE_BOUND_MILLISECONDS = 9_500;

    private final Console console;
    private final DataLock lock;
    private final RunFile runFile;
    private Framework framework;
    private Runnable helper = () -> {};
    private boolean done;

    Shutdown(Console console, DataLock lock, RunFile runFile) {
        this.console = console;
        this.lock = lock;
        this.runFile = runFile;
    }

    /** From now on there is a framework to stop. */
    synchronized void stopLater(Framework started) {
        this.framework = started;
    }

    /**
     * Tells the world that the platform is up, unless its end has begun.
     *
     * @param report tells it
     * @param background begins what runs beside the platform, and gives what ends that
     */
    synchronized void up(Runnable report, Supplier<Runnable> background) {
        if (!done) {
            report.run();
            helper = background.get();
        }
    }

    /** Runs something unless the end has begun. */
    synchronized void whileUp(Runnable task) {
        if (!done) {
            task.run();
        }
    }

    /** Stops everything; the second call waits for the first and does nothing. */
    synchronized void run() {
        if (done) {
            return;
        }
        done = true;
        runFile.remove();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WHOLE_BOUND_MILLISECONDS);
        Thread beside = new Thread(helper, "platform-shutdown-helper");
        beside.start();
        try {
            if (framework != null) {
                stop();
            }
            TimeUnit.NANOSECONDS.timedJoin(beside, deadline - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BundleException | RuntimeException e) {
            console.complain("The platform did not stop cleanly: " + e);
        } finally {
            lock.close();
        }
    }

    private void stop() throws BundleException, InterruptedException {
        framework.stop();
        FrameworkEvent end = framework.waitForStop(BOUND_MILLISECONDS);
        if (end.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
            console.complain("These bundles did not stop in time: " + running());
            // The database's server is our child: it is told to end on its own, which it does once we are gone.
            ProcessHandle.current().children().forEach(ProcessHandle::destroy);
        }
    }

    private String running() {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> bundle.getBundleId() != 0 && isRunning(bundle))
                .map(Bundle::getSymbolicName)
                .collect(Collectors.joining(", "));
    }

    private static boolean isRunning(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STOPPING;
    }
}
