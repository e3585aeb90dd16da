package platform.core.instance;

/**
 * A call of an app's code that was given up and still runs.
 *
 * @param owner the instance or service
 * @param what which call
 * @param reason how long it was waited for, and where it was
 */
public record AbandonedCall(String owner, String what, String reason) {}
