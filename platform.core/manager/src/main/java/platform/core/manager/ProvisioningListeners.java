package platform.core.manager;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.InstanceId;
import platform.core.api.ProvisioningListener;

/** Passes each step on to whoever listens; who listens may change at any time. */
@Component(service = ProvisioningListeners.class)
public final class ProvisioningListeners implements ProvisioningListener {

    private static final Logger LOG = LoggerFactory.getLogger(ProvisioningListeners.class);

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<ProvisioningListener> listeners = List.of();

    @Override
    public void beforeStep(InstanceId id, String operation, String step) {
        for (ProvisioningListener listener : listeners) {
            try {
                listener.beforeStep(id, operation, step);
            } catch (RuntimeException e) {
                LOG.warn("{} A listener failed before step {} of {}", id, step, operation, e);
            }
        }
    }
}
