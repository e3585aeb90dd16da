package platform.core.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.CommandSessionImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.threadio.ThreadIO;
import platform.core.api.Access;
import platform.core.api.Caller;
import platform.core.api.PlatformException;

/**
 * Gogo, whose commands are all guarded: each call goes through {@link GuardedCommand}. Gogo's language can otherwise call any
 * method of any object that a command returns, with nothing to say who may; that it does not do here.
 */
final class ShellProcessor extends CommandProcessorImpl {

    private final Guard guard;
    private final Supplier<Optional<Access>> access;
    private final ThreadLocal<Optional<Caller>> running = ThreadLocal.withInitial(Optional::empty);

    ShellProcessor(ThreadIO threadIO, Guard guard, Supplier<Optional<Access>> access) {
        super(threadIO);
        this.guard = guard;
        this.access = access;
    }

    /**
     * Who comes by the local socket, which only the platform's own user and root reach: an administrator, or the user that he
     * wants to be.
     *
     * @throws PlatformException when there is no such user, or he is disabled
     */
    Caller caller(String local, Optional<String> user) {
        return user.isEmpty()
                ? Caller.local(local)
                : access.get()
                        .orElseThrow(PlatformCommands::managerMissing)
                        .become(user.get(), Caller.Origin.SHELL, "local " + local);
    }

    /** A session of somebody, with these streams. */
    CommandSession open(SessionStreams streams, Supplier<Caller> caller) {
        return open(streams.in(), streams.out(), streams.err(), () -> Optional.of(caller.get()));
    }

    private CommandSessionImpl open(
            InputStream in, OutputStream out, OutputStream err, Supplier<Optional<Caller>> caller) {
        synchronized (sessions) {
            CommandSessionImpl session = new GuardedSession(this, in, out, err, caller);
            sessions.put(session, null);
            return session;
        }
    }

    /** A session within a command, such as {@code watch}: of who runs that. */
    @Override
    public CommandSessionImpl createSession(InputStream in, OutputStream out, OutputStream err) {
        Optional<Caller> caller = running.get();
        return open(in, out, err, () -> caller);
    }

    @Override
    public CommandSessionImpl createSession(CommandSession parent) {
        throw new UnsupportedOperationException("A shell's session has no parent");
    }

    /** Adds a command of this bundle or another. */
    GuardedCommand add(String scope, String function, GuardedCommand.Source source, int ranking) {
        GuardedCommand command = new GuardedCommand(scope + ":" + function, source, guard, running);
        addCommand(scope, command, function, ranking);
        return command;
    }

    @Override
    public Object invoke(CommandSessionImpl session, Object target, String name, List<Object> arguments) {
        throw new PlatformException(
                PlatformException.Kind.DENIED,
                "Methods of objects cannot be called here, '" + name + "' neither. Use commands; help lists them.");
    }
}
