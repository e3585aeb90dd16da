package app.events;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import platform.core.api.AppAlarms;
import platform.core.api.AppContext;
import platform.core.api.AppExecutor;
import platform.core.api.AppLogin;
import platform.core.api.AppSocketListener;
import platform.core.api.AppSocketListenerFactory;
import platform.core.api.InstanceId;
import platform.db.api.Database;
import platform.db.postgresql.TestPostgres;
import platform.webserver.api.ServletOptions;
import platform.webserver.api.WebContext;
import platform.webserver.api.WebSocketListenerFactory;
import platform.webserver.api.WebSocketOptions;

/** What the platform gives to an instance: a real database, a real HTTP server, and timers that a test lets come due. */
final class TestPlatform implements AppContext, WebContext, AppExecutor, AutoCloseable {

    static final String PASSWORD = "secret";

    Instant now = Instant.parse("2026-11-27T10:00:00Z");
    final Map<String, AppSocketListener> sockets = new HashMap<>();
    final Map<String, String> files = new HashMap<>();
    private final Map<String, String> settings;
    private final Database database = TestPostgres.databases().open(TestPostgres.newDatabase());
    private final Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final ServletContextHandler servlets = new ServletContextHandler("/example.com/events");
    private Runnable timer = () -> {};

    TestPlatform(Map<String, String> settings) throws Exception {
        this.settings = settings;
        database.migrate(List.of(EventsApp.class.getResource("/db/migration/V1__events.sql")));
        server.setHandler(servlets);
        try {
            new EventsApp().start(this);
            server.start();
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Posts a body. Returns status and answer. */
    String post(String password, String body) throws IOException, InterruptedException {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        byte[] login = ("x:" + password).getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/example.com/events/alarms"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body().strip();
    }

    void runTimer() {
        timer.run();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot stop the server", e);
        }
        database.close();
    }

    @Override
    public InstanceId id() {
        return InstanceId.parse("events@example.com");
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    @Override
    public boolean isPassword(String text) {
        return text.equals(PASSWORD);
    }

    @Override
    public DataSource dataSource() {
        return database.dataSource();
    }

    @Override
    public String webPath() {
        return "/example.com/events";
    }

    @Override
    public WebContext web() {
        return this;
    }

    @Override
    public Registration appSocket(String path, AppSocketListenerFactory listeners) {
        sockets.put(path, listeners.listenerFor(null));
        return () -> sockets.remove(path);
    }

    @Override
    public Optional<AppLogin> loginOf(HttpServletRequest request) {
        return Optional.empty();
    }

    @Override
    public AppExecutor executor() {
        return this;
    }

    @Override
    public AppAlarms alarms() {
        throw new UnsupportedOperationException("alarms");
    }

    @Override
    public Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    @Override
    public Path folder() {
        throw new UnsupportedOperationException("folder");
    }

    @Override
    public Registration servlet(String pattern, ServletOptions options, Servlet servlet) {
        servlets.addServlet(new ServletHolder(servlet), pattern);
        return () -> {};
    }

    @Override
    public Registration files(String prefix, Class<?> anchor, String folder) {
        files.put(prefix, folder);
        return () -> {};
    }

    @Override
    public Registration webSocket(String path, WebSocketOptions options, WebSocketListenerFactory listeners) {
        throw new UnsupportedOperationException("webSocket");
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        throw new UnsupportedOperationException("after");
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        timer = task;
        return () -> {};
    }
}
