package platform.core.appsocket;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import platform.core.api.AppLogin;
import platform.core.api.AppSocketListenerFactory;
import platform.webserver.api.WebContext;
import platform.webserver.api.WebContext.Registration;
import platform.webserver.api.WebSocketListenerFactory;
import platform.webserver.api.WebSocketOptions;
import platform.webserver.api.WebserverException;

/** The app sockets of one instance, and who has logged in without one. Any thread may call it. */
public final class AppSockets {

    private static final WebSocketOptions OPTIONS = WebSocketOptions.DEFAULT.withRemote();

    private final AppSocketHost host;
    private final WebContext web;
    private final LoginDelay delay;
    private final LoginCookies cookies;

    /** @param web where the sockets are */
    public AppSockets(AppSocketHost host, WebContext web) {
        this.host = host;
        this.web = web;
        this.delay = new LoginDelay(host.clock());
        this.cookies = new LoginCookies(host);
    }

    /**
     * The same login for a socket that belongs to no app and lies wherever its owner puts it.
     *
     * @param name the app that is logged in to, and who does
     */
    public static WebSocketListenerFactory standalone(
            AppSocketHost host, String name, AppSocketListenerFactory listeners) {
        Predicate<AppLogin> known =
                login -> login.app().equals(name) && login.sip().equals(name);
        return sockets(host, new LoginCheck(host, new LoginDelay(host.clock()), known), listeners);
    }

    private static boolean isApp(String name, Set<String> others, String wanted) {
        return others.isEmpty() ? wanted.equals(name) : others.contains(wanted);
    }

    private static WebSocketListenerFactory sockets(
            AppSocketHost host, LoginCheck check, AppSocketListenerFactory listeners) {
        return WebSocketListenerFactory.nonBlocking(session -> new LoginSocket(host, check, listeners, session));
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
        LoginCheck check = new LoginCheck(host, delay, login -> isApp(name, listeners.apps(), login.app()));
        Registration socket = web.webSocket(path, OPTIONS, sockets(host, check, listeners));
        try {
            Registration login = web.servlet(path, new LoginServlet(host, check, cookies));
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
