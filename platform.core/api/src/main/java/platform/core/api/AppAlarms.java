package platform.core.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An instance's own alarms: what its administrator should act on. They outlive the instance's stop, and a restart of the
 * platform, until the app or an administrator clears them; they go with the instance. Any thread may call it; it does not
 * block, and does nothing after the instance's {@link AppInstance#close()} has returned.
 */
@ProviderType
public interface AppAlarms {

    /**
     * Raises an alarm, or raises it again.
     *
     * @param code what kind of trouble it is, the same each time: {@code quota-exceeded}
     * @param text what is wrong, a sentence or two without passwords
     * @param fix a shell command that helps; empty when there is none
     * @throws PlatformException of kind INVALID when the code has other characters than {@link AlarmSpec} allows
     */
    void raise(AlarmSeverity severity, String code, String text, String fix);

    /** The trouble is over; does nothing when there is no such alarm. */
    void clear(String code);
}
