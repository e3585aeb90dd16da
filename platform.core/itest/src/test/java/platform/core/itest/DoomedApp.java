package platform.core.itest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;

/** An app that ends the process that it runs in: only for a process of its own. */
@Component
public final class DoomedApp implements AppService {

    static final int STATUS = 42;

    public DoomedApp() {}

    @Override
    public AppInstance start(AppContext context) {
        context.web().servlet("/where", new Page(() -> context.isolation().word()));
        context.web().servlet("/exit", new Page(DoomedApp::exit));
        context.web().servlet("/memory", new Page(DoomedApp::fill));
        return new AppInstance() {};
    }

    private static String exit() {
        System.exit(STATUS);
        return "never";
    }

    private static String fill() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }

    /** What a page does. */
    private interface Deed {
        String done();
    }

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient Deed deed;

        Page(Deed deed) {
            this.deed = deed;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(deed.done());
        }
    }
}
