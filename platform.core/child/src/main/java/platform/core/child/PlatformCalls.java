package platform.core.child;

import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.jsonrpc.services.JsonNotification;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.eclipse.lsp4j.jsonrpc.services.JsonSegment;
import platform.db.api.DatabaseAccess;

/** What the process asks of the platform. */
@JsonSegment("platform")
public interface PlatformCalls {

    /** An instance registers a servlet, files or WebSockets; fails when the pattern is taken. */
    @JsonRequest
    CompletableFuture<Void> register(Route route);

    /** How an instance logs in to its database now: its password has changed. */
    @JsonRequest
    CompletableFuture<DatabaseAccess> login(String instance);

    /** An instance waits for the right to make one connection to its database; fails when that takes too long. */
    @JsonRequest
    CompletableFuture<Void> acquireConnection(String instance);

    /** It has made one: known sessions are not cut off when the password changes. */
    @JsonNotification
    void nameConnection(ConnectionMessage connection);

    /** It has closed one, or could not make it. */
    @JsonNotification
    void releaseConnection(ConnectionMessage connection);

    @JsonNotification
    void unregister(Route route);

    /** An instance raises an alarm, or clears it when there is no text. */
    @JsonNotification
    void alarm(AlarmMessage alarm);

    /** A line of a log. */
    @JsonNotification
    void log(LogMessage line);

    /** After what one of its tasks or requests threw an instance cannot go on. */
    @JsonNotification
    void broken(BrokenMessage broken);
}
