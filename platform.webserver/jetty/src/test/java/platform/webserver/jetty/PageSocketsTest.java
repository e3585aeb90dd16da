package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.Principal;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.webserver.api.PageSockets;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketOptions;
import platform.webserver.api.WebSocketSession;

/** WebSockets that a page of the platform's own accepts. */
class PageSocketsTest {

    private static final long WAIT_SECONDS = 20;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private TestServer server;
    private PageSockets.Page page;

    @BeforeEach
    void start() {
        ServletContextHandler servlets = new ServletContextHandler();
        servlets.addServlet(new ServletHolder(new Door()), "/manager");
        server = new TestServer(TestServer.settings("127.0.0.1", 0), servlets);
        server.server.start(() -> {});
        page = server.server
                .pages()
                .open("/manager", server.executor, WebSocketOptions.DEFAULT.withRemote(), session -> new Greeter());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WebSocket connect(String... headers) {
        WebSocket.Builder builder = server.client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        URI uri = URI.create("ws://127.0.0.1:" + server.http().getPort() + "/manager");
        return builder.buildAsync(uri, new Client()).join();
    }

    private String next() throws InterruptedException {
        return told.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void theListenerKnowsWhomTheServletLetIn() throws Exception {
        WebSocket socket = connect("User", "anna");

        assertThat(next()).isEqualTo("hello anna from 127.0.0.1");
        socket.sendText("x".repeat(10_000), true).join();
        assertThat(next()).isEqualTo("10000 characters");
    }

    @Test
    void aSecondOneIsOpenedAfterTheFirst() throws Exception {
        connect("User", "anna");
        connect("User", "berta");

        assertThat(next()).isEqualTo("hello anna from 127.0.0.1");
        assertThat(next()).isEqualTo("hello berta from 127.0.0.1");
    }

    @Test
    void theServletRefusesByItself() throws Exception {
        assertThatThrownBy(this::connect)
                .isInstanceOf(CompletionException.class)
                .satisfies(it -> assertThat(status(it)).isEqualTo(401));
        assertThat(server.get("/manager", "User", "anna").body()).isEqualTo("a page");
    }

    @Test
    void aPageOfAnotherSiteIsRefused() {
        assertThatThrownBy(() -> connect("User", "anna", "Origin", "https://evil.example"))
                .satisfies(it -> assertThat(status(it)).isEqualTo(403));
    }

    @Test
    void itsEndClosesItsSockets() throws Exception {
        connect("User", "anna");
        next();

        page.close();

        assertThat(next()).isEqualTo("closed 1001");
    }

    @Test
    void theEndOfTheServerClosesThem() throws Exception {
        connect("User", "anna");
        next();

        server.server.close();

        assertThat(next()).isEqualTo("closed 1001");
    }

    private static int status(Throwable failure) {
        return ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode();
    }

    /** Lets in whoever says a name. */
    private final class Door extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String user = request.getHeader("User");
            PageSockets sockets = server.server.pages();
            if (user == null) {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            } else if (sockets.isWanted(request)) {
                Principal principal = () -> user;
                page.accept(request, principal);
            } else {
                response.getWriter().write("a page");
            }
        }
    }

    private static final class Greeter implements WebSocketListener {
        @Override
        public void onOpen(WebSocketSession session) {
            session.send("hello " + session.upgrade().principal().orElseThrow().getName() + " from "
                    + session.upgrade().remote().orElseThrow().getHostAddress());
        }

        @Override
        public void onText(WebSocketSession session, String message) {
            session.send(message.length() + " characters");
        }
    }

    private final class Client implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            told.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            told.add("closed " + code);
            return null;
        }
    }
}
