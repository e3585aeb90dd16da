package platform.core.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.apache.felix.hc.api.execution.HealthCheckExecutionOptions;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import platform.core.api.Instances;
import platform.core.api.Services;

/**
 * Says how the platform is, as JSON: 200 when it is well or nearly so, else 503. Whether it is live, everybody may know;
 * everything else, only administrators. {@code /health[/live|ready|started[/PART]]}, where a part is an app or an instance. The
 * checks run on the threads of Felix's executor, which waits for none longer than two seconds.
 */
@Component(
        service = Servlet.class,
        property = {
            HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=/health",
            HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=/health/*"
        })
public final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String LIVE = "live";
    private static final Set<String> TAGS = Set.of(LIVE, "ready", "started");

    private final transient HealthCheckExecutor executor;
    private final transient Optional<SecurityProvider> login;
    private final transient Optional<Services> services;
    private final transient Optional<Instances> instances;

    @Activate
    public HealthServlet(
            @Reference HealthCheckExecutor executor,
            @Reference(
                            target = "(" + SecurityProvider.PROPERTY_ID + "=" + AdministratorLogin.ID + ")",
                            cardinality = ReferenceCardinality.OPTIONAL,
                            policyOption = ReferencePolicyOption.GREEDY)
                    SecurityProvider login,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Services services,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances) {
        this.executor = executor;
        this.login = Optional.ofNullable(login);
        this.services = Optional.ofNullable(services);
        this.instances = Optional.ofNullable(instances);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("").replaceFirst("^/", "");
        String[] words = path.isEmpty() ? new String[] {} : path.split("/", 2);
        boolean anonymous = request.getHeader("Authorization") == null;
        if (anonymous && (words.length == 0 || path.equals(LIVE))) {
            // Nobody but administrators need know that something is not quite well.
            Result.Status status = worst(run(LIVE));
            answer(response, isWell(status) ? Result.Status.OK : status, new JsonObject());
        } else if (login.isEmpty()) {
            refuse(
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "Nobody can log in yet: the platform's database is down or still starting.");
        } else if (login.get().authenticate(request, response) != null) {
            answer(words, response);
        }
    }

    /** Who asks is an administrator. */
    private void answer(String[] words, HttpServletResponse response) throws IOException {
        if (words.length > 0 && !TAGS.contains(words[0])) {
            refuse(
                    response,
                    HttpServletResponse.SC_NOT_FOUND,
                    "There is no tag '" + words[0] + "'. Ask for live, ready or started.");
        } else if (words.length == 2) {
            answer(words[0], words[1], response);
        } else {
            List<HealthCheckExecutionResult> results =
                    words.length == 0 ? run(TAGS.toArray(String[]::new)) : run(words[0]);
            answer(response, worst(results), details(results));
        }
    }

    private void answer(String tag, String name, HttpServletResponse response) throws IOException {
        Optional<Part> part = Part.find(name, services, instances);
        if (part.isEmpty()) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "There is no app or instance '" + name + "'.");
            return;
        }
        JsonObject json = new JsonObject();
        json.addProperty("message", part.get().text());
        Result.Status status = switch (tag) {
            case LIVE -> part.get().live();
            case "started" -> part.get().started();
            default -> part.get().ready();
        };
        answer(response, status, json);
    }

    private List<HealthCheckExecutionResult> run(String... tags) {
        return executor.execute(
                HealthCheckSelector.tags(tags), new HealthCheckExecutionOptions().setCombineTagsWithOr(true));
    }

    private static Result.Status worst(List<HealthCheckExecutionResult> results) {
        return results.stream()
                .map(it -> it.getHealthCheckResult().getStatus())
                .max(Comparator.naturalOrder())
                .orElse(Result.Status.OK);
    }

    private static JsonObject details(List<HealthCheckExecutionResult> results) {
        JsonArray checks = new JsonArray();
        for (HealthCheckExecutionResult result : results) {
            JsonObject check = new JsonObject();
            check.addProperty("name", result.getHealthCheckMetadata().getTitle());
            check.addProperty(
                    "status", result.getHealthCheckResult().getStatus().name());
            JsonArray messages = new JsonArray();
            for (ResultLog.Entry entry : result.getHealthCheckResult()) {
                messages.add(entry.getMessage());
            }
            check.add("messages", messages);
            checks.add(check);
        }
        JsonObject json = new JsonObject();
        json.add("checks", checks);
        return json;
    }

    private static void answer(HttpServletResponse response, Result.Status status, JsonObject details)
            throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("status", status.name());
        details.asMap().forEach(json::add);
        send(response, isWell(status) ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE, json);
    }

    private static boolean isWell(Result.Status status) {
        return status == Result.Status.OK || status == Result.Status.WARN;
    }

    private static void refuse(HttpServletResponse response, int status, String reason) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("message", reason);
        send(response, status, json);
    }

    private static void send(HttpServletResponse response, int status, JsonObject json) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType("application/json");
        response.getOutputStream().write((json + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
