package platform.db.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Knows who has databases on a server, also when that is away. Whoever places databases provides one. */
@ConsumerType
public interface ServerUse {

    /** Whose databases are on it, such as the ids of instances. */
    List<String> on(String server);
}
