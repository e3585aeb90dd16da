package platform.core.itest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;

/** An app whose page says which version of a library it runs with. {@link AppJar} packs it with one version or another. */
@Component
public final class AnsweringApp implements AppService {

    private static final Logger LOG = LoggerFactory.getLogger(AnsweringApp.class);

    private final String version;

    /** Looks the library up by its name: this class is compiled without it. */
    public AnsweringApp() throws ReflectiveOperationException {
        version = (String) Class.forName(AppJar.LIBRARY).getMethod("version").invoke(null);
    }

    @Override
    public AppInstance start(AppContext context) {
        context.web().servlet("/version", new Page(version));
        // A timer in waiting, which the platform has to end.
        context.executor().after(Duration.ofHours(1), () -> LOG.info("{} An hour has passed", context.id()));
        return new AppInstance() {};
    }

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final String text;

        Page(String text) {
            this.text = text;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(text);
        }
    }
}
