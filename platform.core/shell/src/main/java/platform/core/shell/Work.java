package platform.core.shell;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import platform.core.api.PlatformException;

/**
 * Work that changes the platform. It runs on a thread of its own and goes on when the user presses ^C or hangs up: an
 * interrupt in the middle would reach a database driver or a webserver, which close what they hold.
 */
final class Work {

    private static final Duration TAKE_BACK = Duration.ofSeconds(60);

    private Work() {}

    static <T> T whole(Supplier<T> work) {
        return run(work, false);
    }

    /** Work that ends in order when it is interrupted: ^C and a hang-up cancel it. */
    static <T> T cancellable(Supplier<T> work) {
        return run(work, true);
    }

    private static <T> T run(Supplier<T> work, boolean cancellable) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(result, work), "shell work");
        thread.setDaemon(true);
        thread.start();
        try {
            return result.get();
        } catch (InterruptedException e) {
            if (cancellable) {
                thread.interrupt();
                return ended(result, e);
            }
            Thread.currentThread().interrupt();
            throw PlatformException.failed("Not waiting any longer; the work itself goes on to its end.", e);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    /** What can be cancelled no more is done, and what can takes back what it has begun: the outcome is told as it is. */
    private static <T> T ended(CompletableFuture<T> result, InterruptedException cause) {
        try {
            return result.get(TAKE_BACK.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Thread.currentThread().interrupt();
            throw PlatformException.failed("Cancelled.", e);
        } catch (InterruptedException | TimeoutException e) {
            Thread.currentThread().interrupt();
            throw PlatformException.failed("Cancelled; what it has begun is still being taken back.", cause);
        }
    }

    static void whole(Runnable work) {
        whole(() -> {
            work.run();
            return null;
        });
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
        try {
            result.complete(work.get());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }
}
