package platform.core.alarms;

import java.io.IOException;
import java.util.List;

/** A place that is told of alarms. One thread calls it at a time; it keeps nothing open between two calls. */
interface AlarmSink {

    /**
     * Tells these: all of them, or it fails.
     *
     * @return what the other side has answered, in words
     * @throws RefusedException when the other side understands and does not take it
     * @throws IOException when the other side is away, or not able to take it now
     */
    String tell(List<AlarmEvent> events) throws IOException;

    /** How many it can be told at once. */
    int most();
}
