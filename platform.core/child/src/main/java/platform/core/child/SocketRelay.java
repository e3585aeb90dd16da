package platform.core.child;

import com.google.gson.Gson;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketListenerFactory;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketSession.SendResult;

/**
 * The WebSockets of one instance that runs in a process of its own. They end at the platform's webserver, with its limits and its
 * compression; what they carry goes on as frames over one connection. The process reads one frame after the other, so a listener
 * that lags stops the connection, by that the instance's executor here, and by that its peers.
 */
public final class SocketRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketRelay.class);
    private static final int RESTART = 1012;
    private static final int TRY_AGAIN = 1013;
    private static final long TAKE_SECONDS = 30;
    private static final int BUFFER = 16 * 1024;
    private static final Gson JSON = new Gson();

    private final String instance;
    private final LocalSocket connection;
    private final Map<Integer, WebSocketSession> sessions = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<Boolean>> opening = new ConcurrentHashMap<>();
    /** Those whose peer lags, as the process was told. */
    private final Set<Integer> slow = ConcurrentHashMap.newKeySet();

    private final AtomicInteger numbers = new AtomicInteger();
    private volatile boolean ended;

    private SocketRelay(String instance, LocalSocket connection) {
        this.instance = instance;
        this.connection = connection;
    }

    /**
     * Connects to the process.
     *
     * @param path where it listens
     */
    public static SocketRelay connect(String instance, Path path) throws IOException {
        SocketRelay relay = new SocketRelay(instance, LocalSocket.connect(path));
        byte[] name = instance.getBytes(StandardCharsets.UTF_8);
        relay.connection.write(ByteBuffer.allocate(2 + name.length)
                .putShort((short) name.length)
                .put(name)
                .flip());
        Thread reader = new Thread(relay::read, "sockets-" + instance);
        reader.setDaemon(true);
        reader.start();
        return relay;
    }

    /** Gives the WebSockets of a route their listeners. */
    public WebSocketListenerFactory listeners(int route) {
        return session -> open(route, session);
    }

    private WebSocketListener open(int route, WebSocketSession session) {
        int number = numbers.incrementAndGet();
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        opening.put(number, taken);
        sessions.put(number, session);
        try {
            send(new SocketFrame(
                    SocketFrame.Kind.OPEN, number, JSON.toJson(SocketOpening.of(route, session.upgrade()))));
            boolean inParts = taken.get(TAKE_SECONDS, TimeUnit.SECONDS);
            return inParts ? new RelayedParts(this, number) : new RelayedMessages(this, number);
        } catch (ExecutionException | TimeoutException e) {
            sessions.remove(number);
            throw new IllegalStateException(instance + " did not take a WebSocket", e);
        } catch (InterruptedException e) {
            sessions.remove(number);
            Thread.currentThread().interrupt();
            throw new IllegalStateException(instance + " did not take a WebSocket in time", e);
        } finally {
            opening.remove(number);
        }
    }

    /** Waits while the process does not read. What cannot be sent any more is of no use to anybody. */
    void send(SocketFrame frame) {
        try {
            synchronized (connection) {
                connection.write(frame.encoded());
            }
        } catch (IOException e) {
            LOG.debug("{} takes no more frames", instance, e);
            end();
        }
    }

    /** The peer or the webserver has closed it. */
    void closed(int number, int code, String reason) {
        slow.remove(number);
        if (sessions.remove(number) != null) {
            send(SocketFrame.close(number, code, reason));
        }
    }

    private void read() {
        try (DataInputStream input = new DataInputStream(new BufferedInputStream(connection.input(), BUFFER))) {
            while (true) {
                take(SocketFrame.read(input));
            }
        } catch (IOException e) {
            LOG.debug("{} sends no more frames", instance, e);
        } finally {
            end();
        }
    }

    private void take(SocketFrame frame) {
        WebSocketSession session = sessions.get(frame.socket());
        CompletableFuture<Boolean> taken = opening.get(frame.socket());
        if (session == null) {
            return;
        }
        switch (frame.kind()) {
            case TAKE_WHOLE -> complete(taken, false);
            case TAKE_PARTS -> complete(taken, true);
            case CLOSE -> close(frame, session, taken);
            case PING -> session.ping(ByteBuffer.wrap(frame.payload()));
            default -> sent(frame.socket(), session, message(frame, session));
        }
    }

    private static void complete(CompletableFuture<Boolean> taken, boolean inParts) {
        if (taken != null) {
            taken.complete(inParts);
        }
    }

    private void close(SocketFrame frame, WebSocketSession session, CompletableFuture<Boolean> taken) {
        if (taken != null) {
            // The webserver closes it with 1011, as it does where an app's own factory throws.
            taken.completeExceptionally(new IllegalStateException(frame.reason()));
        }
        session.close(frame.code(), frame.reason());
    }

    private static SendResult message(SocketFrame frame, WebSocketSession session) {
        return switch (frame.kind()) {
            case TEXT -> session.send(frame.text());
            case BINARY -> session.send(ByteBuffer.wrap(frame.payload()));
            case TEXT_PART -> session.sendPartial(frame.text(), false);
            case TEXT_END -> session.sendPartial(frame.text(), true);
            case BINARY_PART -> session.sendPartial(ByteBuffer.wrap(frame.payload()), false);
            case BINARY_END -> session.sendPartial(ByteBuffer.wrap(frame.payload()), true);
            default -> throw new IllegalStateException(frame.kind() + " is no message");
        };
    }

    /** The process was told that the message waits: it must not be lost without a word, so the socket goes. */
    private void sent(int number, WebSocketSession session, SendResult result) {
        if (result == SendResult.REFUSED && session.isOpen()) {
            session.close(TRY_AGAIN, "Too slow");
        } else if (result == SendResult.QUEUED && slow.add(number)) {
            send(new SocketFrame(SocketFrame.Kind.SLOW, number));
        } else if (result == SendResult.SENT && slow.remove(number)) {
            send(new SocketFrame(SocketFrame.Kind.QUICK, number));
        }
    }

    /** The process is gone, or the instance there. */
    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        opening.values().forEach(it -> it.completeExceptionally(new IllegalStateException("The process has ended")));
        sessions.values().forEach(session -> session.close(RESTART, "The service restarts."));
        sessions.clear();
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("The connection to {} does not close", instance, e);
        }
    }

    @Override
    public void close() {
        end();
    }
}
