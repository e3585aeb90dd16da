package app.events;

import com.google.gson.JsonPrimitive;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.InstanceId;

/**
 * Where platforms tell their alarms: {@code POST}, one JSON object, answered {@code {"result": "ok"}}, or {@code failed} with a
 * {@code reason}.
 */
final class AddServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(AddServlet.class);
    private static final int TOO_MANY_REQUESTS = 429;

    private final InstanceId id;
    private final transient Gate gate;
    private final transient Store store;
    private final transient Clock clock;
    private final transient Consumer<Event> news;

    /** @param news hears of each event that is new or has changed */
    AddServlet(InstanceId id, Gate gate, Store store, Clock clock, Consumer<Event> news) {
        this.id = id;
        this.gate = gate;
        this.store = store;
        this.clock = clock;
        this.news = news;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (gate.judge(request.getHeader("Authorization"), request.getRemoteAddr())) {
            case ADMITTED -> add(request, response);
            case LOGIN_MISSING -> {
                LOG.warn("{}: A wrong or missing password came from {}", id, request.getRemoteAddr());
                response.setHeader("WWW-Authenticate", "Basic realm=\"" + id + "\", charset=\"UTF-8\"");
                fail(response, HttpServletResponse.SC_UNAUTHORIZED, "The password is wrong or missing.");
            }
            case TOO_MANY -> {
                response.setHeader("Retry-After", "60");
                fail(
                        response,
                        TOO_MANY_REQUESTS,
                        "Too many wrong passwords came from this address. Try again in a minute.");
            }
        }
    }

    private void add(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            store.add(Message.parse(body), clock.instant()).ifPresent(news);
            answer(response, HttpServletResponse.SC_OK, "{\"result\": \"ok\"}\n");
        } catch (BadMessageException e) {
            LOG.warn("{}: {} has sent what is no event: {}", id, request.getRemoteAddr(), e.getMessage());
            fail(response, HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
        } catch (SQLException e) {
            LOG.warn("{}: An event cannot be kept now, its sender tries again: {}", id, e.getMessage());
            fail(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "It cannot be kept now. Send it again later.");
        }
    }

    /** @param reason for who reads the log of the sender */
    private static void fail(HttpServletResponse response, int status, String reason) throws IOException {
        answer(response, status, "{\"result\": \"failed\", \"reason\": " + new JsonPrimitive(reason) + "}\n");
    }

    private static void answer(HttpServletResponse response, int status, String json) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }
}
