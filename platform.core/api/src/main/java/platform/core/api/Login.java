package platform.core.api;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of a login.
 *
 * @param caller who it is; empty when it was refused
 * @param pause how long to wait before anything is checked again, after too many wrong logins; else zero
 */
public record Login(Optional<Caller> caller, Duration pause) {

    /** Wrong, whatever was wrong with it. */
    public static final Login WRONG = new Login(Optional.empty(), Duration.ZERO);

    public static Login of(Caller caller) {
        return new Login(Optional.of(caller), Duration.ZERO);
    }

    public static Login tooEarly(Duration pause) {
        return new Login(Optional.empty(), pause);
    }
}
