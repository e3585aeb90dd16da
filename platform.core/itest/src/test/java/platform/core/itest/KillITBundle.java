package platform.core.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import platform.core.api.InstanceId;
import platform.core.api.ProvisioningListener;

/**
 * A bundle that kills the platform it runs in with SIGKILL, before the step that the file {@code kill-at} in the data folder
 * names. The file is gone afterwards, so that it kills once.
 */
public final class KillITBundle implements BundleActivator, ProvisioningListener {

    private volatile Path order;

    /** Called by the framework. */
    public KillITBundle() {}

    static Path order(Path data) {
        return data.resolve("kill-at");
    }

    @Override
    public void start(BundleContext context) {
        order = order(Path.of(context.getProperty("platform.data")));
        context.registerService(ProvisioningListener.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the service.
    }

    @Override
    public void beforeStep(InstanceId id, String operation, String step) {
        try {
            if (Files.exists(order) && Files.readString(order).equals(operation + " " + step)) {
                Files.delete(order);
                kill();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot kill the platform", e);
        }
    }

    private static void kill() throws IOException {
        String pid = String.valueOf(ProcessHandle.current().pid());
        new ProcessBuilder("kill", "-9", pid).inheritIO().start();
        try {
            boolean alive = !new CountDownLatch(1).await(30, TimeUnit.SECONDS);
            throw new IllegalStateException("Killed, and still alive: " + alive);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
