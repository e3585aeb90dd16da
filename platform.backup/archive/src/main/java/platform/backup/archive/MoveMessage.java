package platform.backup.archive;

import java.util.List;
import java.util.Map;

/** What two platforms say to each other while an instance moves, as JSON. */
final class MoveMessage {

    private MoveMessage() {}

    /**
     * What comes.
     *
     * @param key the secret key of the copy, which is a backup's file
     * @param isTrial that nothing shall be done
     */
    record Offer(String instance, String app, String appVersion, long bytes, String key, boolean isTrial) {

        @Override
        public String toString() {
            return "Offer[" + instance + "]";
        }
    }

    /** The rows of each table, to be compared before the instance is this platform's. */
    record Commit(Map<String, Long> rows) {}

    /** How far the receiving platform is. */
    enum Phase {
        /** It waits for the copy, or restores it. */
        COPYING,
        /** It has the copy, and waits for changes. */
        FOLLOWING,
        /** The instance is there. */
        ARRIVED,
        /** Nothing is left of it there, and nothing will come of it. */
        FAILED
    }

    /**
     * How it stands.
     *
     * @param as what the instance is called there
     * @param path its path there; empty before it has arrived
     * @param applied how many times changes were applied
     * @param message why it has failed, or does not run; empty when all is well
     * @param obstacles why it cannot come
     */
    record State(Phase phase, String as, String path, int applied, String message, List<String> obstacles) {

        static State failed(String as, String message) {
            return new State(Phase.FAILED, as, "", 0, message, List.of());
        }
    }
}
