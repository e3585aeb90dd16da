package platform.core.api;

import org.osgi.annotation.versioning.ConsumerType;

/** A running instance of an app. The manager calls one method at a time, on a thread of its own. */
@ConsumerType
public interface AppInstance extends AutoCloseable {

    /**
     * How the instance is. Asked every ten seconds, on a thread of its own, never together with another method of this
     * interface. Must answer within a second and change nothing. After its start an instance has half a minute to be well; later
     * {@code DOWN}, an exception or no answer three times in a row make the platform restart it, {@code DEGRADED} never does. The
     * times can be configured.
     */
    default Health health() {
        return Health.up();
    }

    /**
     * Takes over changed settings or a changed password.
     *
     * @param context replaces the one given at the start
     * @return false when the instance cannot do so while running: it is then stopped and started
     */
    default boolean reconfigure(AppContext context) {
        return false;
    }

    /**
     * Stops the instance. Requests have already stopped to arrive. What it registered with {@link AppContext#web()} and
     * {@link AppContext#executor()} is ended by the platform; only what it opened itself must be closed here.
     */
    @Override
    default void close() {}
}
