package platform.core.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import platform.core.api.InstanceId;
import platform.core.api.Role;
import platform.core.api.UserInfo;

/** What the code says about who may run which command. */
final class RoleTable {

    static final String INSTANCE = "acme@example.com";

    private static final String HEAD = """
            | command | role | with a scope | options for administrators, or as named |
            |---|---|---|---|
            """;

    private RoleTable() {}

    /** The commands of this bundle and what they need. */
    static Map<String, Method> commands() {
        Map<String, Method> commands = new TreeMap<>();
        for (Class<?> verbs : verbs()) {
            for (Method method : CommandLine.getCommandMethods(verbs, null)) {
                commands.put(method.getAnnotation(CommandLine.Command.class).name(), method);
            }
        }
        return commands;
    }

    private static List<Class<?>> verbs() {
        try (Stream<Path> files = Files.list(Path.of(CommandGroup.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("platform/core/shell"))) {
            List<Class<?>> found = new ArrayList<>();
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith("Verbs.class")) {
                    found.add(Class.forName("platform.core.shell." + name.replace(".class", "")));
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** As it is in the documentation. */
    static String markdown() {
        StringBuilder table = new StringBuilder(HEAD);
        commands().forEach((name, method) -> {
            Needs needs = method.getAnnotation(Needs.class);
            String options = Stream.concat(
                            Stream.of(needs.administratorFor()).map(option -> "`" + option + "`"),
                            Stream.of(needs.operatorFor()).map(option -> "`" + option + "`: operator"))
                    .collect(Collectors.joining(" "));
            table.append("| `" + name + "` | " + needs.value() + " | " + scope(method) + " | " + options + " |\n");
        });
        return table.toString();
    }

    private static String scope(Method method) {
        Needs needs = method.getAnnotation(Needs.class);
        if (needs.value() == Role.ADMINISTRATOR) {
            return "";
        }
        return needs.filtered() ? "shows what is within" : namesInstance(method) ? "what it names" : "no";
    }

    private static boolean namesInstance(Method method) {
        return new CommandLine(method)
                .getCommandSpec().args().stream()
                        .anyMatch(argument -> argument.paramLabel().contains("INSTANCE")
                                || argument.paramLabel().equals("ALARM"));
    }

    /** A command line with all that it must have, of {@link #INSTANCE}. */
    static String[] call(Method method) {
        CommandSpec spec = new CommandLine(method).getCommandSpec();
        List<String> words = new ArrayList<>(List.of(spec.name()));
        for (OptionSpec option : spec.options()) {
            if (option.required() || isOnlyName(option, spec)) {
                words.add(option.longestName());
                words.add(value(option));
            }
        }
        spec.positionalParameters().stream()
                .filter(it -> it.required()
                        || namesInstance(method) && it.paramLabel().contains("INSTANCE"))
                .forEach(it -> words.add(value(it)));
        return words.toArray(String[]::new);
    }

    /** Whether the command names an instance by this option and by nothing else. */
    private static boolean isOnlyName(OptionSpec option, CommandSpec spec) {
        return option.paramLabel().contains("INSTANCE")
                && spec.args().stream()
                                .filter(it -> it.paramLabel().contains("INSTANCE"))
                                .count()
                        == 1;
    }

    private static String value(ArgSpec argument) {
        return switch (argument.paramLabel()) {
            case "ALARM" -> INSTANCE + "/x";
            case "ACTION" -> "list";
            default -> argument.paramLabel().contains("INSTANCE") ? INSTANCE : "x";
        };
    }

    /** Whether a user may make that call. */
    static boolean may(UserInfo user, Method method) {
        Needs needs = method.getAnnotation(Needs.class);
        boolean within = user.scope().everything()
                || needs.filtered()
                || namesInstance(method) && user.scope().includes(InstanceId.parse(INSTANCE));
        return user.role().includes(needs.value()) && within;
    }
}
