package platform.webserver.jetty;

import java.nio.ByteBuffer;
import java.nio.channels.WritePendingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Refuses who takes too long to send a header of HTTP/1.1, a few bytes at a time, to keep a connection busy. Jetty knows only
 * idle connections. Each second it looks at what came over the connections that are HTTP still: one that has become a
 * WebSocket or HTTP/2 costs nothing here.
 */
final class SlowHeaders extends AbstractLifeCycle implements Connection.Listener {

    private final Supplier<Duration> patience;
    private final Refusals refusals;
    private final Scheduler scheduler;
    private final Executor executor;
    private final Map<Connection, Progress> connections = new ConcurrentHashMap<>();

    SlowHeaders(Supplier<Duration> patience, Refusals refusals, Scheduler scheduler, Executor executor) {
        this.patience = patience;
        this.refusals = refusals;
        this.scheduler = scheduler;
        this.executor = executor;
    }

    @Override
    protected void doStart() {
        awaitSecond();
    }

    private void awaitSecond() {
        scheduler.schedule(() -> executor.execute(this::second), 1, TimeUnit.SECONDS);
    }

    private void second() {
        if (isRunning()) {
            awaitSecond();
            look(System.nanoTime());
        }
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData) {
            connections.put(connection, new Progress());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    void look(long now) {
        long most = patience.get().toNanos();
        connections.forEach((connection, progress) -> {
            if (progress.isLate(connection, now, most) && connections.remove(connection) != null) {
                refusals.count(Refusals.Reason.TIMEOUT);
                refuse(connection.getEndPoint());
            }
        });
    }

    private void refuse(EndPoint endPoint) {
        String body = refusals.explain(Refusals.Reason.TIMEOUT) + "\n";
        String answer = "HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain;charset=utf-8\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body;
        try {
            endPoint.write(
                    Callback.from(endPoint::close, endPoint::close),
                    ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
        } catch (WritePendingException answered) {
            // The rest of the header came at this very moment, and the request is being answered.
            return;
        }
    }

    /** What has come over a connection. Seen by the one thread that looks. */
    private static final class Progress {
        private long requests;
        private long responses;
        /** Of the requests before, with their bodies. */
        private long bytes;

        private boolean begun;
        private long since;

        boolean isLate(Connection connection, long now, long most) {
            if (isElsewhere(connection)) {
                begun = false;
                return false;
            }
            if (connection.getBytesIn() <= bytes) {
                return false;
            }
            if (!begun) {
                begun = true;
                since = now;
            }
            return now - since > most;
        }

        /** Whether it has received or answered a request since we looked, or is about to answer one. */
        private boolean isElsewhere(Connection connection) {
            long in = connection.getMessagesIn();
            long out = connection.getMessagesOut();
            boolean changed = in != requests || out != responses || in > out;
            if (changed) {
                requests = in;
                responses = out;
                bytes = connection.getBytesIn();
            }
            return changed;
        }
    }
}
