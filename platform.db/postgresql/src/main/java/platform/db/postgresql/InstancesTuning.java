package platform.db.postgresql;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the configuration to the servers, anew after each change. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "platform.db.postgresql.instances")
@Designate(ocd = InstancesConfig.class)
public final class InstancesTuning {

    private static final Logger LOG = LoggerFactory.getLogger(InstancesTuning.class);
    private static final int MOST_SPARES = 100;

    @Activate
    public InstancesTuning(@Reference Servers servers, InstancesConfig config) {
        try {
            servers.configure(pools(config), spares(config));
        } catch (IllegalArgumentException e) {
            LOG.error("What etc/platform.db.postgresql.instances.cfg says is not taken over: {}", e.getMessage());
        }
    }

    private static PoolSettings pools(InstancesConfig config) {
        return new PoolSettings(
                config.pool_size(),
                Duration.ofMillis(config.pool_patience_milliseconds()),
                Duration.ofSeconds(config.pool_leak_seconds()));
    }

    private static int spares(InstancesConfig config) {
        if (config.spares() < 0 || config.spares() > MOST_SPARES) {
            throw new IllegalArgumentException("spares is " + config.spares() + ": give 0 to " + MOST_SPARES);
        }
        return config.spares();
    }
}
