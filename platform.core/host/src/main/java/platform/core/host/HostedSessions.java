package platform.core.host;

import com.google.gson.Gson;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.child.LocalSocket;
import platform.core.child.SocketFrame;
import platform.core.child.SocketFrame.Kind;
import platform.core.child.SocketOpening;
import platform.webserver.api.CallerRunsExecutor;
import platform.webserver.api.PartialWebSocketListener;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketListenerFactory;

/** The open WebSockets of an instance. Its listeners are called on its executor, one callback at a time. */
final class HostedSessions {

    private static final Logger LOG = LoggerFactory.getLogger(HostedSessions.class);
    private static final int ERROR = 1011;
    private static final Gson JSON = new Gson();

    private final HostedInstance instance;
    private final LocalSocket connection;
    private final Map<Integer, HostedSession> open = new ConcurrentHashMap<>();

    HostedSessions(HostedInstance instance, LocalSocket connection) {
        this.instance = instance;
        this.connection = connection;
    }

    /** Returns when the listener has dealt with it. */
    void take(SocketFrame frame) {
        HostedSession session = open.get(frame.socket());
        switch (frame.kind()) {
            case OPEN -> run(() -> open(frame));
            case SLOW, QUICK -> {
                if (session != null) {
                    session.slow(frame.kind() == Kind.SLOW);
                }
            }
            default -> {
                if (session != null) {
                    run(() -> deliver(session, frame));
                }
            }
        }
    }

    /** This thread serves the instance alone, so it may as well do the work itself. */
    private void run(Runnable work) {
        CallerRunsExecutor executor = instance.executor().unlimited();
        try {
            if (!executor.tryRun(work)) {
                CountDownLatch done = new CountDownLatch(1);
                executor.execute(() -> {
                    try {
                        work.run();
                    } finally {
                        done.countDown();
                    }
                });
                done.await();
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The instance stops", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open(SocketFrame frame) {
        SocketOpening opening = JSON.fromJson(frame.text(), SocketOpening.class);
        WebSocketListenerFactory factory = instance.web().listeners(opening.route());
        HostedSession session = new HostedSession(this, frame.socket(), opening.upgrade());
        if (factory == null) {
            send(SocketFrame.close(frame.socket(), ERROR, "The service has ended."));
            return;
        }
        try {
            WebSocketListener listener = factory.listenerFor(session);
            session.listener(listener);
            open.put(frame.socket(), session);
            boolean inParts = listener instanceof PartialWebSocketListener;
            send(new SocketFrame(inParts ? Kind.TAKE_PARTS : Kind.TAKE_WHOLE, frame.socket()));
            guarded(session, () -> listener.onOpen(session));
        } catch (RuntimeException e) {
            LOG.error("A WebSocket could not be opened", e);
            send(SocketFrame.close(frame.socket(), ERROR, "The service failed."));
        }
    }

    private void deliver(HostedSession session, SocketFrame frame) {
        guarded(session, () -> session.deliver(frame));
        if (frame.kind() == Kind.CLOSE) {
            open.remove(frame.socket());
        }
    }

    /** What a callback throws closes its socket. */
    private void guarded(HostedSession session, Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.error("A callback of a WebSocket failed", e);
            session.close(ERROR, "The service failed.");
            session.failed(e);
        }
    }

    /** Whether the connection took it. */
    boolean send(SocketFrame frame) {
        try {
            synchronized (connection) {
                connection.write(frame.encoded());
            }
            return true;
        } catch (IOException e) {
            LOG.debug("The platform takes no more frames", e);
            return false;
        }
    }
}
