package platform.core.shell;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
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
 * The commands of one scope. Gogo calls {@link #_main} for all of them; each is a method with picocli's annotations in
 * another class, of which every call gets an object of its own.
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

    /** Called by Gogo with the function's name before its arguments. */
    public final void _main(CommandSession session, String[] call) throws Exception {
        CommandConsole console = CommandConsole.of(session);
        CommandLine command = line(call[0], () -> verbs(session, console));
        try {
            ParseResult parsed = command.parseArgs(Arrays.copyOfRange(call, 1, call.length));
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
        return methods().stream().anyMatch(m -> nameOf(m).equals(scope + ":" + function))
                ? line(function, () -> null)
                : null;
    }

    private CommandLine line(String function, Supplier<Object> object) {
        Method method = methods().stream()
                .filter(m -> nameOf(m).equals(scope + ":" + function))
                .findFirst()
                .orElseThrow(() -> new UsageException("There is no command " + scope + ":" + function + ". Try help"));
        return new CommandLine(method, new Factory(verbs, object))
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(false);
    }

    private List<Method> methods() {
        return CommandLine.getCommandMethods(verbs, null);
    }

    private static String nameOf(Method method) {
        return method.getAnnotation(CommandLine.Command.class).name();
    }

    static String usage(CommandLine command, CommandConsole console) {
        int columns = console.screen().map(Terminal::getWidth).orElse(0);
        command.setUsageHelpWidth(Math.max(60, Math.min(columns == 0 ? 80 : columns, 120)));
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
