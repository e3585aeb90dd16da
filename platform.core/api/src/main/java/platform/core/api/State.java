package platform.core.api;

/** Where a service or an instance is in its life. */
public enum State {
    /** It is there, and nothing has tried to start it yet. */
    INSTALLED,
    STARTING,
    RUNNING,
    /** It runs, but not as it should; the reason says what is wrong. */
    DEGRADED,
    STOPPING,
    STOPPED,
    /** It does not run although it should; it is tried again after a pause, where that can help. */
    FAILED,
    /** It has failed so often in a short time that it is left alone until somebody starts it. */
    QUARANTINED;

    /** Whether it does its work, be it badly. */
    public boolean isUp() {
        return this == RUNNING || this == DEGRADED;
    }
}
