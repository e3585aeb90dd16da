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
     * Raises an alarm, or raises it again, without a cause that the text does not tell.
     *
     * @throws PlatformException as {@link #raise(AlarmSeverity, String, String, String, String)}
     */
    default void raise(AlarmSeverity severity, String code, String text, String fix) {
        raise(severity, code, text, "", fix);
    }

    /**
     * Raises an alarm, or raises it again.
     *
     * @param code what kind of trouble it is, the same each time: {@code quota-exceeded}
     * @param text what is wrong, a sentence or two without passwords
     * @param cause why it is so, as far as that is known; may be empty
     * @param fix a shell command that helps, its words separated by spaces; empty when there is none. The administrator can run
     *     it by {@code alarm:fix} if it is about this instance and can do no harm
     * @throws PlatformException of kind INVALID when the code has other characters than {@link AlarmSpec} allows
     */
    void raise(AlarmSeverity severity, String code, String text, String cause, String fix);

    /** The trouble is over; does nothing when there is no such alarm. */
    void clear(String code);
}
