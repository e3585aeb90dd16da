package platform.core.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What the platform and its instances do and use. Any thread may call it. */
@ProviderType
public interface Metrics {

    /** All values as they are now, but those of the databases, which are up to a minute old. Does not block. */
    List<MetricFamily> families();

    /** The last ten seconds: of the platform first, then of each instance by its id. Empty in the first ten. */
    List<MetricPoint> latest();

    /**
     * What was measured since then, the oldest first: every ten seconds of the last hour, every minute of the last day, else
     * every ten minutes of the last 30 days.
     *
     * @param instance empty for the platform as a whole
     * @throws PlatformException FAILED when the manager's database does not answer
     */
    List<MetricPoint> history(Optional<InstanceId> instance, Instant since);
}
