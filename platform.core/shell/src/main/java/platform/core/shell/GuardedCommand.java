package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.gogo.runtime.CommandProxy;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import platform.core.api.Caller;

/** A command as sessions find it: it runs when the {@link Guard} lets it. */
final class GuardedCommand implements Function {

    private final String name;
    private final Source source;
    private final Guard guard;
    private final ThreadLocal<Optional<Caller>> running;

    GuardedCommand(String name, Source source, Guard guard, ThreadLocal<Optional<Caller>> running) {
        this.name = name;
        this.source = source;
        this.guard = guard;
        this.running = running;
    }

    /** Where the object is that the command belongs to. */
    interface Source {

        Object get();

        void release();

        /** Runs it as Gogo would. */
        Object execute(CommandSession session, List<Object> arguments) throws Exception;

        static Source of(CommandProxy proxy) {
            return new Source() {
                @Override
                public Object get() {
                    return proxy.getTarget();
                }

                @Override
                public void release() {
                    proxy.ungetTarget();
                }

                @Override
                public Object execute(CommandSession session, List<Object> arguments) throws Exception {
                    return proxy.execute(session, arguments);
                }
            };
        }
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws Exception {
        Optional<Caller> caller = GuardedSession.caller(session);
        Optional<Caller> outer = running.get();
        running.set(caller);
        try {
            return source.get() instanceof CommandGroup group
                    ? runOwn(group, caller, session, arguments)
                    : runForeign(caller, session, arguments);
        } finally {
            source.release();
            running.set(outer);
        }
    }

    private Object runOwn(CommandGroup group, Optional<Caller> caller, CommandSession session, List<Object> arguments)
            throws Exception {
        List<String> words = arguments.stream().map(String::valueOf).toList();
        CommandNotes notes = new CommandNotes();
        return guard.run(CommandCall.own(name, group, words), caller, notes, () -> {
            group.run(session, function(), words, notes);
            return null;
        });
    }

    private Object runForeign(Optional<Caller> caller, CommandSession session, List<Object> arguments)
            throws Exception {
        return guard.run(
                CommandCall.foreign(name, arguments),
                caller,
                new CommandNotes(),
                () -> source.execute(session, arguments));
    }

    String function() {
        return name.substring(name.indexOf(':') + 1);
    }

    /** Asks the object that it belongs to, while it is there. */
    <T> Optional<T> ask(java.util.function.Function<Object, T> question) {
        try {
            return Optional.ofNullable(source.get()).map(question);
        } finally {
            source.release();
        }
    }
}
