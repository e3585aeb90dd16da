package platform.core.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.CommandSessionImpl;
import org.apache.felix.service.command.CommandSession;
import platform.core.api.Caller;

/** A session of Gogo that knows who runs it. No variable says it: those can be set. */
final class GuardedSession extends CommandSessionImpl {

    private final Supplier<Optional<Caller>> caller;

    GuardedSession(
            CommandProcessorImpl processor,
            InputStream in,
            OutputStream out,
            OutputStream err,
            Supplier<Optional<Caller>> caller) {
        super(processor, in, out, err);
        this.caller = caller;
    }

    /** Who runs the session, as he is now; empty when nobody has said so, and then he may do nothing. */
    static Optional<Caller> caller(CommandSession session) {
        return session instanceof GuardedSession guarded ? guarded.caller.get() : Optional.empty();
    }
}
