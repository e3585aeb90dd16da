package platform.core.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The places that alarms are told to. Any thread may call it. */
@ProviderType
public interface AlarmSinks {

    /** All sinks, by name. Nothing is asked of them. */
    List<SinkInfo> list();

    /**
     * Adds a sink, or replaces the one of this name. It is told all active alarms.
     *
     * @throws PlatformException of kind INVALID when a part does not have its form
     */
    SinkInfo add(SinkSetup setup);

    /**
     * Forgets a sink, with its secret and with what it has not been told yet.
     *
     * @throws PlatformException of kind NOT_FOUND when there is none of this name
     */
    void remove(String name);

    /**
     * Sends a message that says it is a test, once and without retries. Blocks until it is sent.
     *
     * @return what the other side has answered, in words
     * @throws PlatformException of kind NOT_FOUND when there is none of this name, FAILED when it was not sent: the message says why
     */
    String test(String name);
}
