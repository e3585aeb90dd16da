package platform.core.api;

/** Where a service or an instance is in its life. */
public enum State {
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED,
    FAILED
}
