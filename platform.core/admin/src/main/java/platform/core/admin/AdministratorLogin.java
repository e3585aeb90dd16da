package platform.core.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import platform.core.api.Access;
import platform.core.api.Caller;

/**
 * The login of what tells administrators how the platform is, such as {@code /health}: HTTP Basic, over HTTPS or from this
 * machine.
 */
@Component(property = SecurityProvider.PROPERTY_ID + "=" + AdministratorLogin.ID)
public final class AdministratorLogin implements SecurityProvider {

    static final String ID = "platform.administrators";

    private final PageLogin login;

    @Activate
    public AdministratorLogin(@Reference Access access) {
        this.login = new PageLogin(new HttpLogin(access, Caller.Origin.REST, false));
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        return login.authenticate(request, response, Need.ADMINISTRATOR);
    }

    @Override
    public boolean authorize(Object user, String role) {
        return user instanceof Caller caller && Need.ADMINISTRATOR.isMetBy(caller);
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        // Nothing is kept between two requests.
    }
}
