package platform.core.api;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.annotation.versioning.ProviderType;
import platform.webserver.api.WebContext;

/** All that an instance can reach. Immutable; any thread may call it. */
@ProviderType
public interface AppContext {

    InstanceId id();

    /** The administrator's settings of this instance; never null, possibly empty, not modifiable. */
    Map<String, String> settings();

    /** The password by which clients and users of this instance authenticate. Never log it. To check one, ask {@link #isPassword}. */
    String password();

    /**
     * Whether a text is the instance's password, or the former one in the time in which that is accepted still. It always knows the
     * password of the moment, and how long it takes says nothing of how much is right.
     */
    boolean isPassword(String text);

    /** The instance's own database, as its owner. Borrow late and close early: the pool is small. */
    DataSource dataSource();

    /** The instance's path: {@code /example.com/acme}. */
    String webPath();

    /** Where servlets, files and sockets are registered. */
    WebContext web();

    /**
     * Accepts WebSockets whose peers log in with the instance's password, by themselves or by way of their PBX
     * ({@code AppChallenge}, {@code AppLogin}): the app sees them only then. {@code GET} on the same path is the login for
     * pages without WebSockets, which sets a cookie.
     *
     * @param path below the instance's: {@code /hello}; its last part is the name of the app to log in to
     * @throws platform.webserver.api.WebserverException when the path is taken in this context
     */
    WebContext.Registration appSocket(String path, AppSocketListenerFactory listeners);

    /** Who the client of a request to this instance has logged in as, by {@code GET} on the path of an app socket. */
    Optional<AppLogin> loginOf(HttpServletRequest request);

    /** Runs the instance's socket callbacks, timers and whatever it hands over, one after the other. */
    AppExecutor executor();

    /** Tells the administrator what he should act on. */
    AppAlarms alarms();

    /** The clock to ask for the time, so that tests can set it. */
    Clock clock();

    /** A working folder of its own for what can be lost: it is not in a backup. It exists. */
    Path folder();

    /** Where the instance runs. Nothing else tells. */
    default Isolation isolation() {
        return Isolation.BUNDLE;
    }
}
