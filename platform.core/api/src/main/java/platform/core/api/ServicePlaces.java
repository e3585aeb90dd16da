package platform.core.api;

import org.osgi.annotation.versioning.ProviderType;

/** Where the services run. Calls block until what they ask for is done; any thread may make them. */
@ProviderType
public interface ServicePlaces {

    /**
     * Where a service runs, or would.
     *
     * @throws PlatformException NOT_FOUND
     */
    ServicePlace place(String app);

    /**
     * Moves a service, and its instances with it. Their paths and their data stay as they are: requests wait for a few seconds,
     * WebSockets are closed with 1012 (RFC 6455 7.4.1). Does nothing when it is there already.
     *
     * @throws PlatformException NOT_FOUND; CONFLICT when the platform cannot do it now; FAILED when the service does not start
     *     there: it is tried again until it is moved back
     */
    void isolate(String app, Isolation isolation);

    /**
     * Limits what the service's process may take. One that runs is restarted, as it is moved.
     *
     * @throws PlatformException as {@link #isolate}
     */
    void limit(String app, ProcessLimits limits);
}
