package platform.core.shell;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import org.jline.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * The commands of one scope. Each is a method with picocli's annotations, and with {@link Needs}, in another class, of which
 * every call gets an object of its own.
 */
abstract class CommandGroup {

    private final String scope;
    private final Class<?> verbs;

    CommandGroup(String scope, Class<?> verbs) {
        this.scope = scope;
        this.verbs = verbs;
    }

    /** The object whose methods are the commands. */
    abstract Object verbs(CommandSession session, CommandConsole console);

    /** What an argument with this label can be, for completion. */
    List<String> candidates(String label) {
        return List.of();
    }

    /** Has a command parsed in another way than usual. */
    void configure(CommandLine command) {}

    /** Runs a command for who may: called by {@link GuardedCommand} only. */
    final void run(CommandSession session, String function, List<String> words, CommandNotes notes) throws Exception {
        CommandConsole console = CommandConsole.of(session, notes);
        CommandLine command = line(function, () -> verbs(session, console));
        try {
            ParseResult parsed = command.parseArgs(words.toArray(String[]::new));
            if (parsed.isUsageHelpRequested()) {
                console.println(usage(command, console));
            } else {
                new RunLast().execute(parsed);
            }
        } catch (ParameterException e) {
            String name = command.getCommandName();
            throw new UsageException(name + ": " + e.getMessage() + ". Try " + name + " --help");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** The description of a command; null when there is none of this name. */
    CommandLine describe(String function) {
        return method(function).isPresent() ? line(function, () -> null) : null;
    }

    /** What a command needs; empty when it does not say so. */
    Optional<Needs> needs(String function) {
        return method(function).map(it -> it.getAnnotation(Needs.class));
    }

    private CommandLine line(String function, Supplier<Object> object) {
        Method method = method(function)
                .orElseThrow(() -> new UsageException("There is no command " + scope + ":" + function + ". Try help"));
        CommandLine command = new CommandLine(method, new Factory(verbs, object))
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false);
        configure(command);
        return command;
    }

    private Optional<Method> method(String function) {
        return CommandLine.getCommandMethods(verbs, null).stream()
                .filter(method -> nameOf(method).equals(scope + ":" + function))
                .findFirst();
    }

    private static String nameOf(Method method) {
        return method.getAnnotation(CommandLine.Command.class).name();
    }

    static String usage(CommandLine command, CommandConsole console) {
        int columns = console.screen().map(Terminal::getWidth).orElse(0);
        // Wide enough for each example where there is no window.
        command.setUsageHelpWidth(Math.max(60, Math.min(columns == 0 ? 120 : columns, 120)));
        boolean colours = console.screen().map(t -> !t.getType().equals("dumb")).orElse(false);
        return command.getUsageMessage(colours ? Help.Ansi.ON : Help.Ansi.OFF).stripTrailing();
    }

    /** Gives picocli the object that the methods belong to; all else it makes itself. */
    private record Factory(Class<?> verbs, Supplier<Object> object) implements CommandLine.IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type == verbs
                    ? type.cast(object.get())
                    : CommandLine.defaultFactory().create(type);
        }
    }
}
