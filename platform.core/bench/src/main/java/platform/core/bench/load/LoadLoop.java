package platform.core.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;

/**
 * The one thread of all sockets. It answers pings and notices closes at any time, and does one activity at a time. One
 * thread is enough: a client that took more of the machine would take it from the server.
 */
final class LoadLoop implements Population, SocketEvents, AutoCloseable {

    private static final int PAUSE_MILLIS = 10;

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Set<LoadSocket> open = new LinkedHashSet<>();
    private final Tally closed = new Tally();
    private final LoadBuffers buffers = new LoadBuffers();
    private final Compression compression = new Compression();
    private final Thread thread = new Thread(this::run, "load");
    private volatile boolean ended;
    private Activity activity;
    private CompletableFuture<Answer> outcome;
    private long timeIsUp;
    private int made;

    LoadLoop() throws IOException {
        selector = Selector.open();
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins an activity; there must be no other that has not ended. */
    Future<Answer> perform(Activity next) {
        CompletableFuture<Answer> promise = new CompletableFuture<>();
        tasks.add(() -> begin(next, promise));
        selector.wakeup();
        return promise;
    }

    private void begin(Activity next, CompletableFuture<Answer> promise) {
        activity = next;
        outcome = promise;
        timeIsUp = System.nanoTime() + (long) (next.seconds() * 1e9);
        next.begin(this);
    }

    private void run() {
        try {
            while (!ended) {
                selector.select(this::ready, PAUSE_MILLIS);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                endActivity();
            }
        } catch (IOException | RuntimeException e) {
            ended = true;
            if (outcome != null) {
                outcome.completeExceptionally(e);
            }
        }
    }

    private void ready(SelectionKey key) {
        ((LoadSocket) key.attachment()).ready(key);
    }

    private void endActivity() {
        if (activity != null && (activity.isDone() || System.nanoTime() - timeIsUp > 0)) {
            Answer answer = activity.answer();
            activity = null;
            outcome.complete(answer);
        }
    }

    @Override
    public Collection<LoadSocket> open() {
        return Collections.unmodifiableSet(open);
    }

    @Override
    public void connect(Target target) {
        LoadSocket socket = new LoadSocket(++made, target, this, buffers, compression);
        try {
            socket.connect(selector);
        } catch (IOException e) {
            // Told later, since whoever is told may at once connect again.
            tasks.add(() -> failed(socket, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void drop(LoadSocket socket) {
        open.remove(socket);
        socket.drop();
    }

    @Override
    public Tally closed() {
        return closed;
    }

    @Override
    public void opened(LoadSocket socket) {
        open.add(socket);
        if (activity != null) {
            activity.opened(socket);
        }
    }

    @Override
    public void failed(LoadSocket socket, String reason) {
        if (activity != null) {
            activity.failed(socket, reason);
        }
    }

    @Override
    public void message(LoadSocket socket, ByteBuffer payload) {
        if (activity != null) {
            activity.message(socket, payload);
        }
    }

    @Override
    public void closed(LoadSocket socket) {
        open.remove(socket);
        closed.add(socket.closeCode());
        if (activity != null) {
            activity.closed(socket);
        }
    }

    /** Ends all; the sockets end with the process. */
    @Override
    public void close() {
        ended = true;
        selector.wakeup();
    }
}
