package platform.core.monitor;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import platform.core.api.Metrics;

/** Answers Prometheus at {@code /metrics}, in its text format or that of OpenMetrics, after a login. */
@Component(service = Servlet.class, property = HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=/metrics")
public final class MetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String LOGIN = "(" + SecurityProvider.PROPERTY_ID + "=platform.viewers)";

    private final transient ExpositionFormats formats = ExpositionFormats.init();
    private final transient SecurityProvider login;
    private final transient Optional<Metrics> metrics;

    @Activate
    public MetricsServlet(
            @Reference(target = LOGIN) SecurityProvider login,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Metrics metrics) {
        this.login = login;
        this.metrics = Optional.ofNullable(metrics);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isAllowed(request, response)) {
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        if (metrics.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setContentType("text/plain; charset=utf-8");
            response.getOutputStream()
                    .write("The platform's manager is not running: nothing is measured.\n"
                            .getBytes(StandardCharsets.UTF_8));
            return;
        }
        ExpositionFormatWriter format = formats.findWriter(request.getHeader("Accept"));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        format.write(text, Snapshots.of(metrics.get().families()));
        response.setContentType(format.getContentType());
        response.getOutputStream().write(text.toByteArray());
    }

    /** Who is not has been answered. */
    private boolean isAllowed(HttpServletRequest request, HttpServletResponse response) {
        return login.authenticate(request, response) != null;
    }
}
