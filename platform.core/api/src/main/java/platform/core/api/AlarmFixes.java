package platform.core.api;

import org.osgi.annotation.versioning.ProviderType;

/** Does what alarms propose to do about them. */
@ProviderType
public interface AlarmFixes {

    /**
     * Runs the fix of an alarm as if somebody had typed it in the shell: with his role and scope, and noted in the audit. One that
     * could do harm, or needs words of one's own, is not run. The alarm stays until its reason is gone. Blocks until the end of
     * the fix; any thread may call.
     *
     * @return what the command has printed, for people
     * @throws PlatformException NOT_FOUND when the alarm has no fix, INVALID when it is not run by itself, DENIED, or what the
     *     command says
     */
    String run(AlarmInfo alarm, Caller caller);
}
