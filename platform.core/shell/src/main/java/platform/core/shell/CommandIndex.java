package platform.core.shell;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import picocli.CommandLine;
import platform.core.api.AccessScope;
import platform.core.api.Caller;
import platform.core.api.Role;

/** The commands that a session knows, ours and those of other bundles, with what they say about themselves. */
final class CommandIndex {

    private final CommandSession session;

    CommandIndex(CommandSession session) {
        this.session = session;
    }

    /** A command, the role that it takes, and what it does, in a line. */
    record Entry(String name, String role, String description) {}

    /** All commands that the session's user may run, by name; what has no description is there for completion's own use. */
    List<Entry> entries() {
        return runnable().stream()
                .map(name -> new Entry(name, role(name).map(Role::toString).orElse(""), description(name)))
                .filter(entry -> !entry.description().isEmpty())
                .toList();
    }

    /** The full names of all commands that the session's user may run. */
    Set<String> runnable() {
        Optional<Caller> caller = GuardedSession.caller(session);
        return names().stream()
                .filter(name -> Guard.mayRun(caller, role(name))
                        && isWithin(caller.get().scope(), name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isWithin(AccessScope scope, String name) {
        return scope.everything()
                || group(name, group -> CommandCall.canBeWithin(group, function(name)))
                        .orElse(false);
    }

    /** Those of one scope; none when there is no such scope, or nothing in it for the session's user. */
    List<Entry> entries(String scope) {
        return entries().stream()
                .filter(entry -> scope(entry.name()).equals(scope))
                .toList();
    }

    /** The role that a command takes; empty when nobody can run it. */
    Optional<Role> role(String name) {
        return group(name, group -> group.needs(function(name)).map(Needs::value))
                .orElseGet(() -> ForeignCommands.role(name));
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
        String name =
                fullName(command).orElseThrow(() -> new UsageException(new MissingCommand(this).message(command)));
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
        AccessScope scope =
                GuardedSession.caller(session).map(Caller::scope).orElse(new AccessScope(false, Set.of(), Set.of()));
        return group(name, group -> group.candidates(label)).orElse(List.of()).stream()
                .filter(scope::includes)
                .toList();
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
        return session.get(name) instanceof GuardedCommand command ? command.ask(question) : Optional.empty();
    }

    /** The part of a name before the colon; empty when there is none. */
    static String scope(String name) {
        return name.substring(0, Math.max(0, name.indexOf(':')));
    }

    /** The part of a name after the colon. */
    static String function(String name) {
        return name.substring(name.indexOf(':') + 1);
    }
}
