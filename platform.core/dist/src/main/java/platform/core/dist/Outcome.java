package platform.core.dist;

import java.util.List;

/**
 * How a start ended.
 *
 * @param kind which way
 * @param addresses where the platform serves, when it is up or degraded
 * @param reason why it is not up, as a sentence; empty when it is
 */
record Outcome(Kind kind, List<String> addresses, String reason) {

    /** The ways a start ends. */
    enum Kind {
        UP,
        /** Its database cannot be opened, which it goes on trying; all else is up. */
        DEGRADED,
        FAILED,
        /** Nobody said that it failed, but time ran out. */
        LATE,
        /** Somebody stopped the framework meanwhile. */
        STOPPED
    }

    static Outcome up(List<String> addresses) {
        return new Outcome(Kind.UP, List.copyOf(addresses), "");
    }

    static Outcome degraded(List<String> addresses, String reason) {
        return new Outcome(Kind.DEGRADED, List.copyOf(addresses), reason);
    }

    static Outcome failed(String reason) {
        return new Outcome(Kind.FAILED, List.of(), reason);
    }

    static Outcome late() {
        return new Outcome(Kind.LATE, List.of(), "");
    }

    static Outcome stopped() {
        return new Outcome(Kind.STOPPED, List.of(), "");
    }
}
