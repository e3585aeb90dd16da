package platform.core.shell;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.felix.gogo.runtime.CommandProxy;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import picocli.CommandLine;

/** The commands that a session knows, ours and those of other bundles, with what they say about themselves. */
final class CommandIndex {

    private final CommandSession session;

    CommandIndex(CommandSession session) {
        this.session = session;
    }

    /** A command and what it does, in a line. */
    record Entry(String name, String description) {}

    /** All commands by name; what has no description is there for completion's own use. */
    List<Entry> entries() {
        return names().stream()
                .map(name -> new Entry(name, description(name)))
                .filter(entry -> !entry.description().isEmpty())
                .toList();
    }

    /** The full names of all commands. */
    @SuppressWarnings("unchecked")
    Set<String> names() {
        return new TreeSet<>((Set<String>) session.get(".commands"));
    }

    /** The full name of a command that may have been called without its scope. */
    Optional<String> fullName(String command) {
        Set<String> names = names();
        if (command.contains(":")) {
            return Optional.of(command).filter(names::contains);
        }
        return Arrays.stream(String.valueOf(session.get("SCOPE")).split(":"))
                .map(scope -> scope + ":" + command)
                .filter(names::contains)
                .findFirst();
    }

    /** How a command of ours is used, or what another bundle says about its own. */
    String explain(String command, CommandConsole console) {
        String name = fullName(command)
                .orElseThrow(() -> new UsageException(
                        "There is no command " + Table.quoted(command) + ". Try help, which lists them all."));
        return describe(name)
                .map(line -> CommandGroup.usage(line, console))
                .orElseGet(() -> name + "\n" + description(name));
    }

    /** The description of a command of ours. */
    Optional<CommandLine> describe(String name) {
        return group(name, group -> group.describe(function(name)));
    }

    /** What an argument of this command with this label can be. */
    List<String> candidates(String name, String label) {
        return group(name, group -> group.candidates(label)).orElse(List.of());
    }

    private <T> Optional<T> group(String name, Function<CommandGroup, T> question) {
        return target(name, target -> target instanceof CommandGroup group ? question.apply(group) : null);
    }

    private String description(String name) {
        return describe(name)
                .map(line ->
                        String.join(" ", line.getCommandSpec().usageMessage().description()))
                .or(() -> target(name, target -> descriptor(target.getClass(), function(name))))
                .orElse("");
    }

    private static String descriptor(Class<?> type, String function) {
        return Arrays.stream(type.getMethods())
                .filter(method ->
                        method.getName().equals(function) || method.getName().equals("_" + function))
                .map(CommandIndex::descriptor)
                .findFirst()
                .orElse(null);
    }

    private static String descriptor(Method method) {
        Descriptor descriptor = method.getAnnotation(Descriptor.class);
        return descriptor == null ? "" : descriptor.value();
    }

    private <T> Optional<T> target(String name, Function<Object, T> question) {
        if (!(session.get(name) instanceof CommandProxy proxy)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(proxy.getTarget()).map(question);
        } finally {
            proxy.ungetTarget();
        }
    }

    private static String function(String name) {
        return name.substring(name.indexOf(':') + 1);
    }
}
