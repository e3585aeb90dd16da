package platform.core.dist;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;

/** The start of the framework with the distribution's bundles, until somebody knows how it ended, or time runs out. */
final class Startup {

    private final Framework framework;
    private final Readiness readiness;
    private final BootBundles bundles;

    /** The framework is initialized, not started. */
    Startup(Framework framework, Console console) {
        this.framework = framework;
        this.readiness = new Readiness(console::say);
        this.bundles = new BootBundles(console::complain);
    }

    /** Installs the bundles and starts the framework. */
    Outcome run(Map<Integer, List<Path>> levels, long timeoutSeconds) {
        follow(framework.getBundleContext());
        return await(begin(levels), timeoutSeconds);
    }

    /** From now on takes the webserver's addresses whenever they change. */
    void onAddresses(Consumer<List<String>> listener) {
        readiness.onAddresses(listener);
    }

    /** The parts of the platform that have not come up. */
    List<String> missing() {
        return readiness.missing();
    }

    /** What else is known about why they have not, a sentence each. */
    List<String> details() {
        return Stream.concat(bundles.notStarted().stream(), Components.problems(framework.getBundleContext()).stream())
                .toList();
    }

    private void follow(BundleContext context) {
        context.addBundleListener(event -> {
            if (event.getType() == BundleEvent.STOPPING
                    && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
                readiness.outcome().complete(Outcome.stopped());
            }
        });
        try {
            context.addServiceListener(readiness, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("No filter is a valid filter.", e);
        }
    }

    /** Starts the framework in a thread of its own, since a bundle may hang in its start. */
    private CompletableFuture<Void> begin(Map<Integer, List<Path>> levels) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        Thread thread = new Thread(() -> start(levels, started), "platform-start");
        thread.setDaemon(true);
        thread.start();
        return started;
    }

    private void start(Map<Integer, List<Path>> levels, CompletableFuture<Void> started) {
        try {
            bundles.start(framework, levels);
            started.complete(null);
        } catch (LaunchException e) {
            readiness.outcome().complete(Outcome.failed(e.getMessage()));
        } catch (InterruptedException e) {
            readiness.outcome().complete(Outcome.stopped());
        } catch (BundleException | RuntimeException e) {
            readiness.outcome().complete(Outcome.failed("The OSGi framework did not start: " + e));
        }
    }

    /** Without its webserver nobody could see why. */
    private Outcome degraded(String reason) {
        return readiness.addresses().isEmpty()
                ? Outcome.failed(reason)
                : Outcome.degraded(readiness.addresses(), reason);
    }

    /** The platform is up only when every level has been reached; a failure counts at once. */
    private Outcome await(CompletableFuture<Void> started, long timeoutSeconds) {
        CompletableFuture<Outcome> outcome = readiness.outcome().thenCompose(end -> switch (end.kind()) {
            case UP -> started.thenApply(all -> end);
            case DEGRADED -> started.thenApply(all -> degraded(end.reason()));
            default -> CompletableFuture.completedFuture(end);
        });
        try {
            return outcome.get(timeoutSeconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return Outcome.late();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.stopped();
        } catch (ExecutionException e) {
            throw new LaunchException("The platform did not start: " + e.getCause(), e);
        }
    }
}
