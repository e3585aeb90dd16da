package platform.core.child;

/**
 * A call of the app's code in the process that was given up and still runs.
 *
 * @param owner the instance
 * @param what which call: {@code close}
 * @param reason how long it was waited for, and where it was
 */
public record AbandonedMessage(String owner, String what, String reason) {}
