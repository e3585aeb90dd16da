package platform.core.manager;

import platform.core.instance.RunningCall;

/**
 * A call of an app's code that was given up.
 *
 * @param owner the instance or service
 * @param what which call
 * @param reason how long it was waited for, and where it was
 */
record AbandonedCall(String owner, String what, String reason, RunningCall call) {}
