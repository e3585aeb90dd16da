package platform.core.shell;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Words for where a service or an instance is in its life. */
final class StateText {

    private StateText() {}

    static String since(Instant since) {
        return since.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Why, and when it is tried again. */
    static String why(String reason, Optional<Instant> nextAttempt) {
        String again =
                nextAttempt.map(at -> " Next attempt at " + since(at) + ".").orElse("");
        return (reason + again).strip();
    }
}
