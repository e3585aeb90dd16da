package platform.core.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import platform.core.api.Audit;
import platform.core.api.AuditDiff;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;

/** A call that changes something, in the audit from its beginning to its end; the end comes from one thread only. */
final class Call {

    static final String ATTRIBUTE = Call.class.getName();

    private final Audit audit;
    private final AuditEvent event;
    private final AuditDiff diff;
    private final long number;
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private boolean handedOver;

    private Call(Audit audit, AuditEvent event, AuditDiff diff) {
        this.audit = audit;
        this.event = event;
        this.diff = diff;
        this.number = audit.begin(event);
    }

    /**
     * Notes what is about to be done.
     *
     * @throws platform.core.api.PlatformException when it cannot be noted: then it must not be done
     */
    static Call begin(Audit audit, AuditEvent event, AuditDiff diff) {
        return new Call(audit, event, diff);
    }

    static Optional<Call> of(HttpServletRequest request) {
        return Optional.ofNullable((Call) request.getAttribute(ATTRIBUTE));
    }

    Caller caller() {
        return event.caller();
    }

    AuditEvent event() {
        return event;
    }

    /** The work goes on after the answer: whoever does it notes the end. */
    void handOver() {
        handedOver = true;
    }

    boolean isHandedOver() {
        return handedOver;
    }

    /** Something of the work that the audit shall have with its end. */
    void note(String what) {
        notes.add(what);
    }

    /** @param result {@code done}, or {@code failed: } and why */
    void end(String result) {
        diff.look();
        String noted = notes.isEmpty() ? "" : ": " + String.join("; ", notes);
        audit.end(number, event, result + noted, diff.before(), diff.after());
    }
}
