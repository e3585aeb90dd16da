package platform.db.postgresql;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/** Adds a server that is configured in a file of its own. */
@Component(
        service = {},
        immediate = true,
        configurationPid = ServerSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ServerConfig.class, factory = true)
public final class ConfiguredServer {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredServer.class);

    private final Servers servers;
    private final String name;

    @Activate
    public ConfiguredServer(@Reference Servers servers, Map<String, Object> properties) {
        this.servers = servers;
        this.name = name(String.valueOf(properties.get("service.pid")));
        try {
            servers.add(ServerSettings.of(name, properties));
        } catch (DatabaseException e) {
            LOG.error("There is no database server '{}': {}", name, e.getMessage());
        }
    }

    /** File Install takes what follows the first hyphen of a file's name for the name, and makes a tilde of it. */
    static String name(String pid) {
        return pid.substring(pid.lastIndexOf('~') + 1);
    }

    @Deactivate
    void close() {
        servers.remove(name);
    }
}
