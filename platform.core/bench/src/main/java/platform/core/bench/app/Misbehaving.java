package platform.core.bench.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** Does on request what no app should: only for a process of its own. */
final class Misbehaving extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int STATUS = 42;
    private static final int MEGABYTE = 1 << 20;
    private static final int PRINTED_LINES = 100_000;
    private static final String LINE = "x".repeat(200);

    private final transient Map<String, Deed> deeds;

    /** What it can be asked for. */
    private interface Deed {
        void run() throws IOException;
    }

    /** @param executor of the instance */
    Misbehaving(Executor executor) {
        deeds = Map.of(
                "exit", () -> System.exit(STATUS),
                "memory", Misbehaving::fillHeap,
                "loop", () -> executor.execute(Misbehaving::spin),
                "deadlock", () -> lockUp(executor),
                "print", Misbehaving::print,
                "descriptors", () -> new FileOutputStream(FileDescriptor.out).close());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Deed deed = deeds.get(request.getParameter("deed"));
        if (deed == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        deed.run();
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static void fillHeap() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[MEGABYTE]);
        }
    }

    /** Takes no notice of being interrupted. */
    private static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    /** Far more than a pipe holds. */
    private static void print() {
        for (int i = 0; i < PRINTED_LINES; i++) {
            System.out.println(LINE);
        }
    }

    /** A task of the executor and a thread of the app's own, each with what the other one waits for. */
    private static void lockUp(Executor executor) {
        Object first = new Object();
        Object second = new Object();
        CountDownLatch bothHold = new CountDownLatch(2);
        executor.execute(() -> holdAndTake(first, second, bothHold));
        Thread other = new Thread(() -> holdAndTake(second, first, bothHold), "deadlock");
        other.setDaemon(true);
        other.start();
    }

    private static void holdAndTake(Object held, Object taken, CountDownLatch bothHold) {
        synchronized (held) {
            bothHold.countDown();
            try {
                bothHold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            synchronized (taken) {
                throw new IllegalStateException("No deadlock came about.");
            }
        }
    }
}
