package platform.core.appsocket;

import java.time.Clock;
import java.util.Map;

/** The challenges of clients without a socket, who must say which one they were given. */
final class Challenges {

    private final Clock clock;
    private final Map<String, Challenge> issued = new BoundedMap<>();

    Challenges(Clock clock) {
        this.clock = clock;
    }

    synchronized String issue() {
        Challenge fresh = Challenge.fresh(clock);
        issued.put(fresh.text(), fresh);
        return fresh.text();
    }

    /** Whether it is one of these, in time; it is used up by this. */
    synchronized boolean take(String text) {
        Challenge found = issued.remove(text);
        return found != null && found.isValid(clock);
    }
}
