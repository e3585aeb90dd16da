package app.hello;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.api.AppLogin;
import platform.core.api.AppMessage;
import platform.core.api.AppSocketListener;
import platform.core.api.Health;
import platform.db.api.Database;
import platform.db.postgresql.TestPostgres;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketOptions;

/** What an instance of the tutorial offers. */
class HelloTest {

    private final FakeWeb web = new FakeWeb();
    private Optional<AppLogin> login = Optional.empty();
    private Database database;

    // region database
    @BeforeEach
    void open() {
        database = TestPostgres.databases().open(TestPostgres.newDatabase());
        database.migrate(List.of(Hello.class.getResource("/db/migration/V1__visits.sql")));
    }

    @AfterEach
    void close() {
        database.close();
    }
    // endregion

    @Test
    void itsPageIsInItsJar() {
        start();
        assertThat(web.files).containsEntry("/", "/web");
        assertThat(Hello.class.getResource("/web/index.html")).isNotNull();
        assertThat(Hello.class.getResource("/web/hello.js")).isNotNull();
    }

    @Test
    void thePageOfTheAppRunsAndLoadsOnlyWhatIsItsOwn() throws IOException {
        String page = text("/web/hello.htm");
        assertThat(page)
                .contains("Content-Security-Policy", "default-src 'none'", "script-src 'self'", "style-src 'self'")
                .doesNotContain("unsafe-", "style=", "onclick", "http:", "https:");
        assertThat(page.split("<script", -1)).hasSize(2);
        Matcher loaded = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page);
        while (loaded.find()) {
            assertThat(Hello.class.getResource("/web/" + loaded.group(1)))
                    .as(loaded.group(1))
                    .isNotNull();
        }
        assertThat(text("/web/greet.js")).contains("from './app-socket.js'");
        assertThat(Hello.class.getResource("/web/app-socket.js")).isNotNull();
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = Hello.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whoSaysHelloIsToldWhoHeIs() {
        start();
        FakeAppSession session = new FakeAppSession(alice());
        AppSocketListener greeter = web.appSockets.get("/hello").listenerFor(session);
        greeter.onMessage(session, new AppMessage("Hello", Map.of("mt", "Hello", "src", "s1"), "{}"));
        greeter.onMessage(session, new AppMessage("Other", Map.of("mt", "Other"), "{}"));

        assertThat(session.sent())
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .containsEntry("mt", "HelloResult")
                        .containsEntry("src", "s1")
                        .containsEntry("dn", "Alice A.")
                        .containsEntry("sip", "alice")
                        .containsEntry("pbxObject", false)
                        .containsEntry("password", false));
    }

    @Test
    void aPageWithoutWebSocketsAsksWhoItsUserIs() throws Exception {
        start();
        assertThat(body("/who")).isEqualTo("Nobody has logged in\n");
        login = Optional.of(alice());
        start();
        assertThat(body("/who")).isEqualTo("Alice A.\n");
    }

    private static AppLogin alice() {
        return new AppLogin("hello", "example.com", "alice", "0123", "Alice A.", "", Map.of(), "");
    }

    @Test
    void echoSendsBackTextAndBytes() {
        start();
        FakeSession session = new FakeSession();
        WebSocketListener echo = web.sockets.get("/echo").listenerFor(session);
        assertThat(echo.isNonBlocking()).isTrue();
        echo.onText(session, "hello");
        echo.onBinary(session, ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(session.sent).containsExactly("hello", ByteBuffer.wrap(new byte[] {1, 2}));
    }

    @Test
    void aSocketIsRegisteredWithOptions() {
        // region options
        WebSocketOptions options = WebSocketOptions.DEFAULT
                .withSubprotocols("chat.v2", "chat.v1")
                .withHeaders("Accept-Language")
                .withOrigins("https://intranet.example.com");
        web.webSocket("/chat", options, session -> new Echo());
        // endregion
        assertThat(web.options.get("/chat").subprotocols()).containsExactly("chat.v2", "chat.v1");
    }

    // region test
    @Test
    void visitsAreCountedAndOutliveARestart() throws Exception {
        start();
        assertThat(visit()).isEqualTo("1\n");
        assertThat(visit()).isEqualTo("2\n");
        start();
        assertThat(visit()).isEqualTo("3\n");
    }
    // endregion

    private void start() {
        assertThat(new Hello()
                        .start(new FakeContext(web, database.dataSource(), login))
                        .health())
                .isEqualTo(Health.up());
    }

    private String visit() throws Exception {
        return body("/visits");
    }

    private String body(String path) throws Exception {
        StringWriter body = new StringWriter();
        web.servlets.get(path).service(request(), response(new PrintWriter(body)));
        return body.toString();
    }

    private static HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HelloTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, called, arguments) -> called.getName().equals("getMethod") ? "GET" : null);
    }

    private static HttpServletResponse response(PrintWriter body) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HelloTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (self, called, arguments) -> called.getName().equals("getWriter") ? body : null);
    }
}
