package platform.core.manager;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import platform.core.api.Instances;
import platform.db.api.ServerUse;

/** The instances whose databases are on a server. */
@Component
public final class PlacedInstances implements ServerUse {

    private final Instances instances;

    @Activate
    public PlacedInstances(@Reference Instances instances) {
        this.instances = instances;
    }

    @Override
    public List<String> on(String server) {
        return instances.list().stream()
                .filter(it -> it.server().equals(server))
                .map(it -> it.id().toString())
                .toList();
    }
}
