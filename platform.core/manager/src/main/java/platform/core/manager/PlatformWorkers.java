package platform.core.manager;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import platform.core.instance.Workers;

/** The workers of the platform's own process. */
@Component(service = Workers.class)
public final class PlatformWorkers extends Workers {

    @Activate
    public PlatformWorkers() {}

    @Override
    @Deactivate
    public void close() {
        super.close();
    }
}
