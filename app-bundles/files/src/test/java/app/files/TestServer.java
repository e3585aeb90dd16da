package app.files;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import platform.core.api.AppAlarms;
import platform.core.api.AppContext;
import platform.core.api.AppExecutor;
import platform.core.api.AppInstance;
import platform.core.api.AppLogin;
import platform.core.api.AppSocketListenerFactory;
import platform.core.api.InstanceId;
import platform.db.api.Database;
import platform.webserver.api.ServletOptions;
import platform.webserver.api.WebContext;
import platform.webserver.api.WebSocketListenerFactory;
import platform.webserver.api.WebSocketOptions;

/** The app behind a real HTTP server that reads paths as the platform's does, with a database of its own. */
final class TestServer implements AutoCloseable {

    static final String PASSWORD = "secret: with colon";

    final FakeClock clock = new FakeClock();
    final FakeExecutor executor = new FakeExecutor();
    final Database database = TestDatabase.open();
    final AppInstance instance;
    private final Server server = new Server();
    private final ServerConnector connector;

    TestServer(Map<String, String> settings) throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        http.setUriCompliance(UriCompliance.RFC3986.with("platform", UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler servlets = new ServletContextHandler("/example.com/acme");
        servlets.getServletHandler().setDecodeAmbiguousURIs(true);
        server.setHandler(servlets);
        instance = new FilesApp().start(new Context(settings, servlets));
        executor.runTasks();
        server.start();
    }

    /** The URL of something below the instance's path. */
    URI uri(String rawPath) {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/example.com/acme" + rawPath);
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("Cannot stop the server", e);
        }
        instance.close();
        database.close();
    }

    /** What the platform would hand to the app. */
    private final class Context implements AppContext, WebContext {

        private final Map<String, String> settings;
        private final ServletContextHandler servlets;

        Context(Map<String, String> settings, ServletContextHandler servlets) {
            this.settings = settings;
            this.servlets = servlets;
        }

        @Override
        public InstanceId id() {
            return InstanceId.parse("acme@example.com");
        }

        @Override
        public Map<String, String> settings() {
            return settings;
        }

        @Override
        public boolean isPassword(String text) {
            return text.equals(password());
        }

        @Override
        public String password() {
            return PASSWORD;
        }

        @Override
        public DataSource dataSource() {
            return database.dataSource();
        }

        @Override
        public String webPath() {
            return "/example.com/acme";
        }

        @Override
        public WebContext web() {
            return this;
        }

        @Override
        public AppExecutor executor() {
            return executor;
        }

        @Override
        public AppAlarms alarms() {
            throw new UnsupportedOperationException("alarms");
        }

        @Override
        public Clock clock() {
            return clock;
        }

        @Override
        public Registration appSocket(String path, AppSocketListenerFactory listeners) {
            throw new UnsupportedOperationException("appSocket");
        }

        @Override
        public Optional<AppLogin> loginOf(HttpServletRequest request) {
            throw new UnsupportedOperationException("loginOf");
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
            throw new UnsupportedOperationException("files");
        }

        @Override
        public Registration webSocket(String path, WebSocketOptions options, WebSocketListenerFactory listeners) {
            throw new UnsupportedOperationException("webSocket");
        }
    }
}
