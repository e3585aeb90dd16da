package platform.core.admin;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import platform.backup.api.MoveDoor;
import platform.webserver.api.PrivateRequests;
import platform.webserver.api.RequestBodies;

/**
 * Where another platform hands an instance over: {@code POST /api/move/STEP}. Only over TLS or from this machine, and only to who shows a
 * ticket (RFC 6750); before that nothing of the request is used, and nothing is said.
 */
@Component(service = Servlet.class, property = HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=/api/move/*")
public final class MoveServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String SCHEME = "Bearer ";

    private final transient Optional<MoveDoor> door;

    @Activate
    public MoveServlet(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    MoveDoor door) {
        this.door = Optional.ofNullable(door);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        String authorization = request.getHeader("Authorization");
        if (!PrivateRequests.isPrivate(request)) {
            refuse(request, response, HttpServletResponse.SC_FORBIDDEN);
        } else if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            unauthorized(request, response);
        } else if (door.isEmpty()) {
            refuse(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            step(authorization.substring(SCHEME.length()).strip(), request, response);
        }
    }

    private void step(String ticket, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String step = Optional.ofNullable(request.getPathInfo()).orElse("").replaceFirst("^/", "");
        MoveDoor.Answer answer = door.orElseThrow().step(ticket, step, request.getInputStream());
        if (answer.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            unauthorized(request, response);
            return;
        }
        response.setStatus(answer.status());
        response.setContentType("application/json");
        response.getOutputStream().write(answer.json().getBytes(StandardCharsets.UTF_8));
    }

    private static void unauthorized(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer");
        refuse(request, response, HttpServletResponse.SC_UNAUTHORIZED);
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status)
            throws IOException {
        RequestBodies.passOver(request);
        response.setStatus(status);
    }
}
