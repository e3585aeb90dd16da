package app.hello;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import platform.core.api.AppContext;
import platform.core.api.AppLogin;

// region who
/** Tells a page without WebSockets who its user has logged in as. */
final class Who extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient AppContext context;

    Who(AppContext context) {
        this.context = context;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<AppLogin> login = context.loginOf(request);
        response.setStatus(login.isPresent() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("text/plain; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().println(login.map(AppLogin::dn).orElse("Nobody has logged in"));
    }
}
// endregion
