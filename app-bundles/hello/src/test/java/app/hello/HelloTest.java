package app.hello;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.api.Health;
import platform.db.api.Database;
import platform.db.postgresql.TestPostgres;
import platform.webserver.api.WebSocketListener;

/** What an instance of the tutorial offers. */
class HelloTest {

    private final FakeWeb web = new FakeWeb();
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
    void echoSendsBackTextAndBytes() {
        start();
        FakeSession session = new FakeSession();
        WebSocketListener echo = web.sockets.get("/echo").listenerFor(session);
        echo.onText(session, "hello");
        echo.onBinary(session, ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(session.sent).containsExactly("hello", ByteBuffer.wrap(new byte[] {1, 2}));
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
                        .start(new FakeContext(web, database.dataSource()))
                        .health())
                .isEqualTo(Health.up());
    }

    private String visit() throws Exception {
        StringWriter body = new StringWriter();
        Visits visits = (Visits) web.servlets.get("/visits");
        visits.doGet(null, response(new PrintWriter(body)));
        return body.toString();
    }

    private static HttpServletResponse response(PrintWriter body) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HelloTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (self, called, arguments) -> called.getName().equals("getWriter") ? body : null);
    }
}
