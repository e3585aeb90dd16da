package platform.core.itest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Component;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;
import platform.webserver.api.PartialWebSocketListener;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketSession.SendResult;

/** An app whose sockets do what their clients ask for, be it good for them or not, and whose pages tell what has happened. */
@Component
public final class AbusedApp implements AppService {

    static final String BLOCK = "block";
    static final String FAIL = "fail";
    /** What {@code /fill} sends, again and again. */
    static final int FILLING = 1000;

    /** Called by the framework. */
    public AbusedApp() {}

    @Override
    public AppInstance start(AppContext context) {
        Events events = new Events();
        context.web().servlet("/events", new Page(events::toString));
        context.web().webSocket("/echo", session -> new Echo(events));
        context.web().webSocket("/partial", session -> new Counting());
        context.web().webSocket("/fill", session -> new Filling(events));
        CountDownLatch released = new CountDownLatch(1);
        context.web().webSocket("/block", session -> new Blocking(released, events));
        context.web().servlet("/release", new Page(() -> {
            released.countDown();
            return "released";
        }));
        return new AppInstance() {};
    }

    /** What has happened, and how often: {@code {resets 1006=3}}. */
    private static final class Events {
        private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();

        void add(String what) {
            counts.merge(what, 1, Integer::sum);
        }

        @Override
        public String toString() {
            return counts.toString();
        }
    }

    /** Sends back what it receives, unless it is asked to fail; notes how it ends, by the query that opened it. */
    private static final class Echo implements WebSocketListener {
        private final Events events;

        Echo(Events events) {
            this.events = events;
        }

        @Override
        public boolean isNonBlocking() {
            return true;
        }

        @Override
        public void onText(WebSocketSession session, String message) {
            if (message.equals(FAIL)) {
                throw new IllegalStateException("asked to fail");
            }
            session.send(message);
        }

        @Override
        public void onBinary(WebSocketSession session, ByteBuffer message) {
            session.send(message);
        }

        @Override
        public void onClose(WebSocketSession session, int code, String reason) {
            events.add(session.upgrade().query() + " " + code);
        }

        @Override
        public void onError(WebSocketSession session, Throwable cause) {
            events.add(session.upgrade().query() + " " + cause.getMessage());
        }
    }

    /** Answers a message of any size with that size, and keeps nothing of it. */
    private static final class Counting implements PartialWebSocketListener {
        private long bytes;

        @Override
        public boolean isNonBlocking() {
            return true;
        }

        @Override
        public void onPartialBinary(WebSocketSession session, ByteBuffer part, boolean last) {
            bytes += part.remaining();
            if (last) {
                session.send(String.valueOf(bytes));
                bytes = 0;
            }
        }
    }

    /** Sends until nothing more is accepted. */
    private static final class Filling implements WebSocketListener {
        private final Events events;

        Filling(Events events) {
            this.events = events;
        }

        @Override
        public void onText(WebSocketSession session, String message) {
            SendResult result = SendResult.SENT;
            while (result != SendResult.REFUSED) {
                result = session.send(ByteBuffer.allocate(FILLING));
                events.add(result.toString());
            }
        }
    }

    /** Sends back what it receives; told to block, it does so until it is released. */
    private static final class Blocking implements WebSocketListener {
        private final CountDownLatch released;
        private final Events events;

        Blocking(CountDownLatch released, Events events) {
            this.released = released;
            this.events = events;
        }

        @Override
        public void onText(WebSocketSession session, String message) {
            if (message.equals(BLOCK)) {
                events.add(BLOCK);
                await();
            }
            session.send(message);
        }

        private void await() {
            try {
                if (!released.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("never released");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient Supplier<String> text;

        Page(Supplier<String> text) {
            this.text = text;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(text.get());
        }
    }
}
