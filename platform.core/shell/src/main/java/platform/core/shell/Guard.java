package platform.core.shell;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Audit;
import platform.core.api.AuditDiff;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/**
 * Lets callers run the commands that their role and scope allow, and notes what changes the platform, also what was refused. What
 * cannot be noted is not done, but by the platform's own user: he has to repair the database. It is in the log then.
 */
final class Guard {

    private static final Logger LOG = LoggerFactory.getLogger("audit");

    private final Supplier<Optional<Audit>> audit;
    private final AuditDiff.Parts parts;

    Guard(Supplier<Optional<Audit>> audit, AuditDiff.Parts parts) {
        this.audit = audit;
        this.parts = parts;
    }

    /** Whether somebody could run a command at all. */
    static boolean mayRun(Optional<Caller> caller, Optional<Role> needed) {
        return caller.isPresent()
                && needed.filter(it -> caller.get().role().includes(it)).isPresent();
    }

    Object run(CommandCall call, Optional<Caller> caller, CommandNotes notes, Callable<Object> command)
            throws Exception {
        Caller who = caller.orElseThrow(() -> denied(call.name() + ": nobody is logged in to this session."));
        Optional<String> refusal = refusal(call, who);
        if (refusal.isPresent()) {
            refuse(call, who, refusal.get());
        }
        return call.audited() && !call.harmless() ? audited(call, who, notes, command) : command.call();
    }

    private static Optional<String> refusal(CommandCall call, Caller caller) {
        if (call.role().isEmpty()) {
            return Optional.of("the command does not say what role it takes, so nobody can run it");
        }
        Role needed = call.role().get();
        if (!caller.role().includes(needed)) {
            return Optional.of("this takes the role " + needed + ", and yours is " + caller.role());
        }
        boolean within = caller.scope().everything()
                || call.harmless()
                || call.bounded() && call.named().stream().allMatch(caller.scope()::includes);
        return within ? Optional.empty() : Optional.of("it is outside of your scope, " + caller.scope());
    }

    private void refuse(CommandCall call, Caller caller, String reason) {
        LOG.warn("{} {} {} refused: {}", caller.user(), call.name(), Table.visible(call.text()), reason);
        audit.get().ifPresent(it -> it.refuse(event(call, caller, call.text()), reason));
        throw denied(call.name() + ": " + reason + ". Ask an administrator of the platform.");
    }

    private static PlatformException denied(String message) {
        return new PlatformException(PlatformException.Kind.DENIED, message);
    }

    private static AuditEvent event(CommandCall call, Caller caller, String arguments) {
        String target = call.things().stream().map(AuditDiff.Thing::name).collect(Collectors.joining(","));
        return new AuditEvent(caller, call.name(), arguments, target);
    }

    private Object audited(CommandCall call, Caller caller, CommandNotes notes, Callable<Object> command)
            throws Exception {
        OptionalLong number = begin(event(call, caller, call.text()));
        AuditDiff diff = new AuditDiff(call.name(), call.things(), parts);
        String result = "failed: interrupted";
        try {
            Object returned = command.call();
            result = "done";
            return returned;
        } catch (Exception e) {
            result = "failed: " + e.getMessage();
            throw e;
        } finally {
            AuditEvent event = event(call, caller, notes.appendTo(call.text()));
            LOG.info(
                    "{} {} {} -> {}",
                    caller.user(),
                    call.name(),
                    Table.visible(event.arguments()),
                    Table.visible(result));
            end(number, event, result, diff);
        }
    }

    /** The number of the entry; empty when it is in the log only, since the machine's own user has to repair the database. */
    private OptionalLong begin(AuditEvent event) {
        try {
            Optional<Audit> kept = audit.get();
            return kept.isPresent() ? OptionalLong.of(kept.get().begin(event)) : OptionalLong.empty();
        } catch (PlatformException e) {
            if (!event.caller().isLocal()) {
                throw e;
            }
            LOG.error("{} {} is not in the audit: {}", event.caller().user(), event.action(), e.getMessage());
            return OptionalLong.empty();
        }
    }

    /**
     * Notes the end on a thread of its own, and waits for it whatever comes: an interrupt is for the command, and the database
     * would not take what it came to.
     */
    private void end(OptionalLong number, AuditEvent event, String result, AuditDiff diff) {
        number.ifPresent(it -> CompletableFuture.runAsync(
                        () -> end(it, event, result, diff), work -> new Thread(work, "shell audit").start())
                .join());
    }

    /** What was done cannot be undone for the audit's sake: the log has it, and the entry stays without an end. */
    private void end(long number, AuditEvent event, String result, AuditDiff diff) {
        try {
            diff.look();
            audit.get().ifPresent(it -> it.end(number, event, result, diff.before(), diff.after()));
        } catch (PlatformException e) {
            LOG.error("The end of entry {} of the audit is not noted: {}", number, e.getMessage());
        }
    }
}
