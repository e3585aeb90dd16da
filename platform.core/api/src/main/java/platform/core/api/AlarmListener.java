package platform.core.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of alarms, as an OSGi service: of each that is raised anew or has got worse, and of each that is over, in this order, one
 * at a time. Called by whoever raises or clears, so it must return at once, and must not call {@link Alarms}. What it throws is
 * logged and changes nothing.
 */
@ConsumerType
@FunctionalInterface
public interface AlarmListener {

    /** @param alarm as it is now; over when it is {@link AlarmInfo#cleared() cleared} */
    void changed(AlarmInfo alarm);
}
