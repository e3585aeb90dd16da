package platform.core.rest;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import platform.core.api.AccessScope;
import platform.core.api.Caller;
import platform.core.api.Role;

/** The API on a webserver of its own, which believes everybody who says who he is. */
final class RestServer implements AutoCloseable {

    static final Map<String, Caller> CALLERS = Map.of(
            "viewer", caller("viewer", Role.VIEWER, "everything"),
            "operator", caller("operator", Role.OPERATOR, "*@example.com"),
            "stranger", caller("stranger", Role.OPERATOR, "*@elsewhere.example"),
            "admin", caller("admin", Role.ADMINISTRATOR, "everything"));

    final FakeServices services = new FakeServices();
    private final Server server = new Server();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;

    RestServer() throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        RestServlet rest = new RestServlet(new Parts(services.all()::get));
        context.addServlet(new ServletHolder(new Door(rest)), RestApplication.PATH + "/*");
        server.setHandler(context);
        server.start();
        base = URI.create("http://127.0.0.1:" + connector.getLocalPort() + RestApplication.PATH + "/");
    }

    private static Caller caller(String user, Role role, String scope) {
        return new Caller(user, role, AccessScope.parse(scope), Caller.Origin.REST, "127.0.0.1");
    }

    /** Stands for the login. */
    private static final class Door extends HttpServlet {

        private static final long serialVersionUID = 1L;
        private final transient RestServlet rest;

        Door(RestServlet rest) {
            this.rest = rest;
        }

        @Override
        public void init() throws ServletException {
            rest.init(getServletConfig());
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            String user = request.getHeader("User");
            boolean basic = user == null && request.getHeader("Authorization") != null;
            request.setAttribute(Caller.class.getName(), CALLERS.get(basic ? "admin" : user));
            rest.service(request, response);
        }

        @Override
        public void destroy() {
            rest.destroy();
        }
    }

    URI base() {
        return base;
    }

    Answer get(String user, String path) {
        return send(user, "GET", path, null);
    }

    /** @param body JSON; null for none */
    Answer send(String user, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .header("User", user)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError("No answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /** What was answered. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            try {
                return JsonFormat.MAPPER.readTree(response.body());
            } catch (IOException e) {
                throw new AssertionError("Not JSON: " + response.body(), e);
            }
        }
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
