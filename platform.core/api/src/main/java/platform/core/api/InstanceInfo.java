package platform.core.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An instance as it is now. It holds no password.
 *
 * @param id its key
 * @param app the service that it is an instance of
 * @param state where it is in its life
 * @param reason why it is in this state, one sentence; empty when there is nothing to say
 * @param since when it entered this state
 * @param nextAttempt when it is started again by itself; empty unless it has failed and that can help
 * @param path its path on the webserver
 * @param host the host name that is its own; empty when it has none
 * @param formerPaths paths that redirect to its own, and until when
 * @param database the name of its database and role
 * @param server the database server that they are on
 * @param settings its settings
 * @param created when it was made
 * @param trace what of it is logged in detail
 */
public record InstanceInfo(
        InstanceId id,
        String app,
        State state,
        String reason,
        Instant since,
        Optional<Instant> nextAttempt,
        String path,
        String host,
        Map<String, Instant> formerPaths,
        String database,
        String server,
        Map<String, String> settings,
        Instant created,
        Set<TraceFlag> trace) {

    /** One that nobody is about to start again, with the default trace flags. */
    public InstanceInfo(
            InstanceId id,
            String app,
            State state,
            String reason,
            Instant since,
            String path,
            String host,
            Map<String, Instant> formerPaths,
            String database,
            String server,
            Map<String, String> settings,
            Instant created) {
        this(
                id,
                app,
                state,
                reason,
                since,
                Optional.empty(),
                path,
                host,
                formerPaths,
                database,
                server,
                settings,
                created,
                TraceFlag.DEFAULT);
    }
}
