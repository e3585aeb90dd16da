package platform.core.appsocket;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import platform.core.api.AppLogin;
import platform.core.api.AppSocketListenerFactory;
import platform.webserver.api.WebContext.Registration;
import platform.webserver.api.WebSocketListenerFactory;
import platform.webserver.api.WebSocketOptions;
import platform.webserver.api.WebserverException;

/** The app sockets of one instance, and who has logged in without one. Any thread may call it. */
public final class AppSockets {

    private static final WebSocketOptions OPTIONS = WebSocketOptions.DEFAULT.withRemote();

    private final AppSocketHost host;
    private final LoginDelay delay;
    private final LoginCookies cookies;

    public AppSockets(AppSocketHost host) {
        this.host = host;
        this.delay = new LoginDelay(host.clock());
        this.cookies = new LoginCookies(host);
    }

    /**
     * @see platform.core.api.AppContext#appSocket
     */
    public Registration register(String path, AppSocketListenerFactory listeners) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (name.isEmpty()) {
            throw new WebserverException(host.id() + ": the app socket '" + path
                    + "' has no name: use a path whose last part is the name of the app, such as /hello.");
        }
        LoginCheck check = new LoginCheck(host, delay, name, listeners);
        Registration socket = host.web()
                .webSocket(
                        path,
                        OPTIONS,
                        WebSocketListenerFactory.nonBlocking(
                                session -> new LoginSocket(host, check, listeners, session)));
        try {
            Registration login = host.web().servlet(path, new LoginServlet(host, check, cookies));
            return () -> {
                login.close();
                socket.close();
            };
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * @see platform.core.api.AppContext#loginOf
     */
    public Optional<AppLogin> loginOf(HttpServletRequest request) {
        return cookies.loginOf(request);
    }
}
