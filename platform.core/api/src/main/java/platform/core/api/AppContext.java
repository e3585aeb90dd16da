package platform.core.api;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.osgi.annotation.versioning.ProviderType;
import platform.webserver.api.WebContext;

/** All that an instance can reach. Immutable; any thread may call it. */
@ProviderType
public interface AppContext {

    InstanceId id();

    /** The administrator's settings of this instance; never null, possibly empty, not modifiable. */
    Map<String, String> settings();

    /** The password by which clients and users of this instance authenticate. Never log it. */
    String password();

    /** The instance's own database, as its owner. Borrow late and close early: the pool is small. */
    DataSource dataSource();

    /** The instance's path: {@code /example.com/acme}. */
    String webPath();

    /** Where servlets, files and sockets are registered. */
    WebContext web();

    /** Runs the instance's socket callbacks, timers and whatever it hands over, one after the other. */
    AppExecutor executor();

    /** The clock to ask for the time, so that tests can set it. */
    Clock clock();

    /** A working folder of its own for what can be lost: it is not in a backup. It exists. */
    Path folder();
}
