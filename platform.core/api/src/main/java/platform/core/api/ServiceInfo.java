package platform.core.api;

import java.time.Instant;
import java.util.Optional;

/**
 * A service as it is now.
 *
 * @param name the name that the app gives itself; the file's name where the file could not be read
 * @param title the name that people see
 * @param version the version of its bundle; empty where the file could not be read
 * @param state where it is in its life
 * @param reason why it is in this state, one sentence; empty when there is nothing to say
 * @param since when it entered this state
 * @param nextAttempt when it is started again by itself; empty unless it has failed and that can help
 * @param file the name of its file in the apps folder
 * @param instances how many instances it has, running or not
 */
public record ServiceInfo(
        String name,
        String title,
        String version,
        State state,
        String reason,
        Instant since,
        Optional<Instant> nextAttempt,
        String file,
        int instances) {

    /** One that nobody is about to start again. */
    public ServiceInfo(
            String name,
            String title,
            String version,
            State state,
            String reason,
            Instant since,
            String file,
            int instances) {
        this(name, title, version, state, reason, since, Optional.empty(), file, instances);
    }
}
