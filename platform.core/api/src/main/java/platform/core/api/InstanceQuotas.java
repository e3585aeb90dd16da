package platform.core.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How much instances may use of their databases and of the platform. Limits are kept with the instance; those that were not set for it are the
 * platform's defaults. Calls block until they are done; any thread may make them.
 */
@ProviderType
public interface InstanceQuotas {

    /**
     * The limits of an instance and what it uses now, in the order of the kinds.
     *
     * @throws PlatformException NOT_FOUND, or FAILED when the database server does not answer
     */
    List<QuotaInfo> of(InstanceId id);

    /**
     * Whether the database of an instance is closed: it is larger than its hard limit, and the instance cannot write into it.
     *
     * @throws PlatformException NOT_FOUND, or FAILED when the database server does not answer
     */
    boolean isClosed(InstanceId id);

    /**
     * Changes limits, and puts them into force: at once, but a size is looked at a moment later, and sessions that have begun
     * keep the time-outs with which they did until they are too long by the new ones.
     *
     * @return the limits as they are then
     * @throws PlatformException INVALID, NOT_FOUND, or FAILED
     */
    List<QuotaInfo> change(InstanceId id, QuotaChange change);
}
