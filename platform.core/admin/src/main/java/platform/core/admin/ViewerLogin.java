package platform.core.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import platform.core.api.Access;
import platform.core.api.Caller;
import platform.core.api.Role;

/**
 * The login of what shows the whole platform and changes nothing, such as {@code /metrics}: HTTP Basic, or an API token, of
 * anybody who may see everything; over HTTPS or from this machine.
 */
@Component(
        property = {
            SecurityProvider.PROPERTY_ID + "=" + ViewerLogin.ID,
            // The web console takes the first login of all that there are: never this one.
            Constants.SERVICE_RANKING + ":Integer=-1000"
        })
public final class ViewerLogin implements SecurityProvider {

    static final String ID = "platform.viewers";

    private static final Need EVERYTHING = new Need(Role.VIEWER, false);

    private final PageLogin login;

    @Activate
    public ViewerLogin(@Reference Access access) {
        this.login = new PageLogin(new HttpLogin(access, Caller.Origin.REST, true));
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        return login.authenticate(request, response, EVERYTHING);
    }

    @Override
    public boolean authorize(Object user, String role) {
        return user instanceof Caller caller && EVERYTHING.isMetBy(caller);
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        // Nothing is kept between two requests.
    }
}
