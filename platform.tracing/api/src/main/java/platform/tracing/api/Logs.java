package platform.tracing.api;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/** The platform's log and those of the apps, as they are read while they are written. Any thread may call. */
@ProviderType
public interface Logs {

    /** The name of the platform's own log; those of the apps have the apps' names. */
    String PLATFORM = "platform";

    /** What has a log, by name. */
    List<String> names();

    /**
     * The last records of a log, also out of its rolled files, the newest first.
     *
     * @param since of when the oldest may be
     * @param count how many at most
     * @throws LogException when there is no such log, or it cannot be read
     */
    List<LogRecord> last(String log, Instant since, Predicate<LogRecord> wanted, int count);

    /**
     * Reads the last lines of a log, and then those that come, until the thread is interrupted.
     *
     * @param count how many there are to begin with
     * @param reader hears, on the calling thread, line after line
     * @throws LogException when there is no such log, or it cannot be read
     */
    void follow(String log, int count, Consumer<String> reader);
}
