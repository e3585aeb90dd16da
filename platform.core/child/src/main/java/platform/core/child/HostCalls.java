package platform.core.child;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.jsonrpc.services.JsonNotification;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.eclipse.lsp4j.jsonrpc.services.JsonSegment;
import platform.core.api.Health;

/** What the platform asks of the process. A call that fails says why; what the app threw is in the message. */
@JsonSegment("host")
public interface HostCalls {

    /** Starts the framework and the service; once. */
    @JsonRequest
    CompletableFuture<Void> open(ServiceSetup setup);

    /** Starts the framework and, instead of an app, something that uses what apps use: for the cache of classes; once. */
    @JsonRequest
    CompletableFuture<Void> rehearse(ServiceSetup setup);

    /** Starts an instance. Its routes are registered when the answer comes. */
    @JsonRequest
    CompletableFuture<Void> start(InstanceSetup setup);

    /** How an instance is. */
    @JsonRequest
    CompletableFuture<Health> health(String instance);

    /** Whether the running instance took the changed setup over. */
    @JsonRequest
    CompletableFuture<Boolean> reconfigure(InstanceSetup setup);

    /** Closes an instance; does nothing when it is closed. */
    @JsonRequest
    CompletableFuture<Void> close(String instance);

    /** Has the app look at a restored database. */
    @JsonRequest
    CompletableFuture<Void> verify(Verification verification);

    /** An instance closes the connections to its database that it does not use, and the others after use: somebody waits for them. */
    @JsonNotification
    void evictConnections(String instance);

    /** The loggers by which some instance's details are logged: all of them from now on. The platform sorts out whose lines it wants. */
    @JsonNotification
    void trace(Set<String> loggers);

    /** Answers while the process is alive and has a worker for it, with the calls that it has given up; looks for deadlocks before. */
    @JsonRequest
    CompletableFuture<List<AbandonedMessage>> ping();
}
