package platform.core.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import platform.core.api.Access;
import platform.core.api.Caller;
import platform.core.api.Role;

/**
 * The login of the web console: HTTP Basic for the platform's users who are administrators of everything, since the console
 * shows and changes all of the framework; over HTTPS or from this machine. The framework property {@code felix.webconsole.security.providers={@value #ID}} makes the
 * console wait for this service, vanish with it, and refuse its own built-in user. Asked by the webserver's threads for
 * each request to the console, before anything of the console sees it.
 */
@Component(property = SecurityProvider.PROPERTY_ID + "=" + ConsoleLogin.ID)
public final class ConsoleLogin implements SecurityProvider {

    static final String ID = "platform.administrators";

    private final PageLogin login;

    @Activate
    public ConsoleLogin(@Reference Access access) {
        this.login = new PageLogin(new HttpLogin(access, Caller.Origin.CONSOLE, false), Role.ADMINISTRATOR);
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        return login.authenticate(request, response);
    }

    @Override
    public boolean authorize(Object user, String role) {
        return login.isAllowed(user);
    }

    /** The console itself asks the browser to forget the password. */
    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        login.logout(request);
    }
}
