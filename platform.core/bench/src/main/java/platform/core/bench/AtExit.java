package platform.core.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** What must not outlive this JVM, however it ends: closed in reverse order when that has not happened before. */
final class AtExit {

    private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::closeAll, "at exit"));
    }

    private AtExit() {}

    /** @throws BenchException when this JVM is ending already; then the resource is closed */
    static void register(AutoCloseable resource) {
        synchronized (OPEN) {
            if (!ending) {
                OPEN.push(resource);
                return;
            }
        }
        close(resource);
        throw new BenchException("Interrupted.");
    }

    static void unregister(AutoCloseable resource) {
        synchronized (OPEN) {
            OPEN.remove(resource);
        }
    }

    static boolean isEnding() {
        synchronized (OPEN) {
            return ending;
        }
    }

    private static void closeAll() {
        for (AutoCloseable resource = next(); resource != null; resource = next()) {
            close(resource);
        }
    }

    private static AutoCloseable next() {
        synchronized (OPEN) {
            ending = true;
            return OPEN.poll();
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            // The others must be closed as well.
            System.err.println(e.getMessage());
        }
    }
}
