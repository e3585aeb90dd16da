package platform.core.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What somebody should act on. An alarm is active from its raising to its clearing; raising it again counts and shows the
 * newer severity and text. Any thread may call it; no call waits for the database, and none fails because that is away:
 * alarms are kept in memory and written as soon as they can be.
 */
@ProviderType
public interface Alarms {

    /** Raises the alarm, or raises it again. A source has at most 100 active ones; further ones are only logged. */
    void raise(AlarmSpec alarm);

    /** The trouble is over. Returns whether the alarm was active. */
    boolean clear(String source, String code);

    /**
     * Notes that somebody deals with the alarm, until it gets worse.
     *
     * @param by who
     * @return whether the alarm was active
     */
    boolean acknowledge(String source, String code, String by);

    /** Clears all alarms of a source, which does not exist any more. */
    void clearAll(String source);

    /** The active alarms, the worst first, among those the newest first. */
    List<AlarmInfo> active();

    /** The newest of the cleared alarms, the last cleared first; old ones, and very many, are forgotten. */
    List<AlarmInfo> history(int limit);
}
