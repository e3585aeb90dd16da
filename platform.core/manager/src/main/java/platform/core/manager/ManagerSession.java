package platform.core.manager;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AccessScope;
import platform.core.api.AppMessage;
import platform.core.api.AppSession;
import platform.core.api.AppSocketListener;
import platform.core.api.Audit;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/**
 * An installer that has logged in to the manager's socket. Its requests are done one after the other, each is answered, and what changes
 * something is in the audit from its beginning to its end.
 */
final class ManagerSession implements AppSocketListener {

    /** Who it is in the audit, and the app and user that it logs in as. */
    static final String USER = "manager";

    /** Each keeps its message. */
    static final int WAITING = 20;

    private static final Logger LOG = LoggerFactory.getLogger(ManagerSession.class);
    private static final int VIOLATION = 1008;
    private static final int TOO_LARGE = 1009;

    private final ManagerRequests requests;
    private final Audit audit;
    private final Executor workers;
    private final Caller caller;
    private final BooleanSupplier mayStay;
    private final AtomicInteger waiting = new AtomicInteger();
    /** Only used by the socket's own executor. */
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /** @param mayStay whether what it has logged in with still is right */
    ManagerSession(
            ManagerRequests requests,
            Audit audit,
            Executor workers,
            Optional<InetAddress> from,
            BooleanSupplier mayStay) {
        this.requests = requests;
        this.audit = audit;
        this.workers = workers;
        this.mayStay = mayStay;
        this.caller = new Caller(
                USER,
                Role.ADMINISTRATOR,
                AccessScope.EVERYTHING,
                Caller.Origin.SOCKET,
                from.map(InetAddress::getHostAddress).orElse("an unknown address"));
    }

    @Override
    public void onMessage(AppSession session, AppMessage message) {
        Optional<ManagerMessage> known = ManagerMessage.of(message.mt());
        if (known.isEmpty()) {
            session.close(VIOLATION, "The platform does not know this message");
        } else if (waiting.incrementAndGet() > WAITING) {
            session.close(VIOLATION, "Wait for the answers to your requests");
        } else {
            last = last.thenRunAsync(() -> serve(session, known.get(), message), workers);
        }
    }

    private void serve(AppSession session, ManagerMessage kind, AppMessage message) {
        waiting.decrementAndGet();
        if (!mayStay.getAsBoolean()) {
            session.close(VIOLATION, "The password was changed: log in again");
            return;
        }
        Map<String, ?> answer = answer(kind, message);
        try {
            session.answer(message, kind.result(), answer);
        } catch (IllegalArgumentException e) {
            LOG.debug("An answer to {} is too large with what it has to echo", caller.from(), e);
            session.close(TOO_LARGE, "The answer would be too large: use a shorter src");
        }
    }

    private Map<String, ?> answer(ManagerMessage kind, AppMessage message) {
        try {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("ok", true);
            fields.putAll(permitted(kind, message));
            return fields;
        } catch (PlatformException e) {
            return failed(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{} of {} failed", message.mt(), ManagerRequests.target(message), e);
            return failed("A mistake of the platform, which is in its log. Please report it.");
        }
    }

    private static Map<String, ?> failed(String reason) {
        return Map.of("ok", false, "error", reason);
    }

    private Map<String, ?> permitted(ManagerMessage kind, AppMessage message) {
        AuditEvent event =
                new AuditEvent(caller, kind.action(), ManagerRequests.shown(message), ManagerRequests.target(message));
        if (!caller.mayEverywhere(kind.needed())) {
            audit.refuse(event, "this takes the role " + kind.needed());
            throw new PlatformException(PlatformException.Kind.DENIED, "This takes the role " + kind.needed() + ".");
        }
        return kind.changes() ? audited(kind, message, event) : kind.run(requests, message);
    }

    /** What cannot be noted is not done. */
    private Map<String, ?> audited(ManagerMessage kind, AppMessage message, AuditEvent event) {
        long number = audit.begin(event);
        String result = "failed: a mistake of the platform";
        try {
            Map<String, ?> fields = kind.run(requests, message);
            result = "done";
            return fields;
        } catch (PlatformException e) {
            result = "failed: " + e.getMessage();
            throw e;
        } finally {
            end(number, event, result);
        }
    }

    /** What was done cannot be undone for the audit's sake: the log has it, and the entry stays without an end. */
    private void end(long number, AuditEvent event, String result) {
        try {
            audit.end(number, event, result, "", "");
        } catch (PlatformException e) {
            LOG.error("The end of {} of {} from {} is not noted", event.action(), event.target(), caller.from(), e);
        }
    }
}
