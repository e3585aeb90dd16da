package platform.core.api;

import java.time.Instant;
import java.util.Optional;

/**
 * An alarm as it is now.
 *
 * @param source what it is about
 * @param code what kind of trouble it is
 * @param severity how bad it is, as last raised
 * @param text what is wrong, as last raised
 * @param fix a shell command that helps; empty when there is none
 * @param first when it was raised
 * @param last when it was raised again for the last time; the same as {@code first} if it was not
 * @param count how often it was raised
 * @param cleared since when it is over; empty while it is active
 */
public record AlarmInfo(
        String source,
        String code,
        AlarmSeverity severity,
        String text,
        String fix,
        Instant first,
        Instant last,
        long count,
        Optional<Instant> cleared) {

    /** By what it is cleared: {@code source/code}. */
    public String id() {
        return source + "/" + code;
    }
}
