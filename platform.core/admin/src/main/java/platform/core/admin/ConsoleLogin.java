package platform.core.admin;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import platform.core.api.Access;
import platform.core.api.Caller;
import platform.core.api.Role;

/**
 * The login of the web console: HTTP Basic for the platform's users, or a session that {@link LoginServlet} has opened, over HTTPS or
 * from this machine. The framework property {@code felix.webconsole.security.providers={@value #ID}} makes the console wait for this
 * service, vanish with it, and refuse its own built-in user. Asked by the webserver's threads for each request to the console, before anything of the console sees it.
 *
 * <p>A plugin declares by the service property {@value #ROLE} what it takes, and by {@value #SCOPED} that it shows who has a
 * scope only what is within. One that declares nothing is for administrators of everything: all of Felix's own are, since they show
 * and change all of the framework.
 */
@Component(
        property = {
            SecurityProvider.PROPERTY_ID + "=" + ConsoleLogin.ID,
            // The console waits for the one of this name, and then takes the first of all that there are.
            Constants.SERVICE_RANKING + ":Integer=1000"
        })
public final class ConsoleLogin implements SecurityProvider {

    static final String ID = "platform.console";
    static final String ROLE = "platform.console.role";
    /** The query of somebody who wants to be asked for a password. */
    static final String BY_PASSWORD = "password";

    static final String SCOPED = "platform.console.scoped";

    /** The console's own pages are full of scripts and styles within them. */
    private static final String POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self'"
            + " 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'none'";

    /** Style sheets, scripts and pictures of the console, and the page that asks a browser to forget the password. */
    private static final Collection<String> FOR_ALL = List.of("res", "logout");

    private static final Need LOGGED_IN = new Need(Role.VIEWER, true);

    private final Access access;
    private final PageLogin login;

    /** There while an identity provider is configured. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile LoginServlet loginPage;

    @Reference(
            service = Servlet.class,
            target = "(" + ServletConstants.PLUGIN_LABEL + "=*)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    private volatile Collection<ServiceReference<Servlet>> plugins = List.of();

    @Activate
    public ConsoleLogin(@Reference Access access) {
        this.access = access;
        this.login = new PageLogin(new HttpLogin(access, Caller.Origin.CONSOLE, false));
    }

    /** For a test. */
    ConsoleLogin(Access access, Collection<ServiceReference<Servlet>> plugins, LoginServlet loginPage) {
        this(access);
        this.loginPage = loginPage;
        this.plugins = plugins;
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        if (isUndecided(request)) {
            return redirect(request, response, LoginServlet.PATH + AskedPage.query(request));
        }
        String label = label(request.getPathInfo());
        Caller caller = login.authenticate(request, response, label.isEmpty() ? LOGGED_IN : need(label));
        if (caller != null && label.isEmpty()) {
            return showFirst(request, response);
        }
        return caller;
    }

    /** As the console takes it from the path: it answers {@code //x} as the page '/x', which does not exist. */
    private static String label(String path) {
        if (path == null || path.length() < 2) {
            return "";
        }
        int slash = path.indexOf('/', 1);
        return path.substring(1, slash < 2 ? path.length() : slash);
    }

    private Need need(String label) {
        if (FOR_ALL.contains(label)) {
            return LOGGED_IN;
        }
        // Of several plugins of one name the console shows one: all of them have to be open.
        List<Need> needs = plugins.stream()
                .filter(plugin -> label.equals(plugin.getProperty(ServletConstants.PLUGIN_LABEL)))
                .map(ConsoleLogin::declared)
                .distinct()
                .toList();
        return needs.size() == 1 ? needs.get(0) : Need.ADMINISTRATOR;
    }

    private static Need declared(ServiceReference<?> plugin) {
        return Optional.ofNullable(plugin.getProperty(ROLE))
                .map(role -> new Need(
                        Role.parse(role.toString()), Boolean.parseBoolean(String.valueOf(plugin.getProperty(SCOPED)))))
                .orElse(Need.ADMINISTRATOR);
    }

    /** Whether it is a browser that has to be asked by what means it wants to log in. */
    private boolean isUndecided(HttpServletRequest request) {
        LoginServlet page = loginPage;
        return page != null && page.asks(request) && login.isUnknown(request);
    }

    /** The console's own first page is for administrators only. */
    private static Object showFirst(HttpServletRequest request, HttpServletResponse response) {
        String root = request.getRequestURI().replaceFirst("/+$", "");
        return redirect(request, response, root + "/" + InstancesTab.LABEL);
    }

    private static Object redirect(HttpServletRequest request, HttpServletResponse response, String page) {
        try {
            response.sendRedirect(page);
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("The browser of " + request.getRemoteAddr() + " went away", e);
        }
    }

    @Override
    public boolean authorize(Object user, String role) {
        return user instanceof Caller caller && Need.ADMINISTRATOR.isMetBy(caller);
    }

    /** Ends a session, at the identity provider, too. Where there is none the console itself asks the browser to forget the password. */
    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> session = Cookies.SESSION.in(request);
        session.ifPresent(access::closeSession);
        if (session.isPresent()) {
            Cookies.SESSION.remove(response);
        }
        if (session.isPresent() && request.getHeader("Authorization") == null) {
            LoginServlet page = loginPage;
            redirect(request, response, page == null ? LoginServlet.LEFT : page.leaving(session.get()));
        }
    }
}
