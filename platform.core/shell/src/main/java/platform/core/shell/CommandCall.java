package platform.core.shell;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import platform.core.api.AuditDiff;
import platform.core.api.InstanceId;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.SecretNames;

/**
 * A call of a command, as far as the guard has to understand it.
 *
 * @param role what it takes; empty when the command does not say so
 * @param text its arguments, without secrets
 * @param named the instances that it names
 * @param things all that it names and that is done something to, those instances included
 * @param bounded whether all that it touches are instances that it names, or it shows only what the caller may see
 * @param audited whether it is noted
 * @param harmless whether it does nothing: it asks for help, or is malformed, which the command itself says best
 */
record CommandCall(
        String name,
        Optional<Role> role,
        String text,
        Set<InstanceId> named,
        List<AuditDiff.Thing> things,
        boolean bounded,
        boolean audited,
        boolean harmless) {

    private static final String HIDDEN = "***";
    /** A VALUE may be one, too: the command notes it where it is none. */
    private static final Set<String> SECRET_LABELS = Set.of("PASSWORD", "PASSPHRASE", "SECRET", "CODE", "VALUE");

    private static final Set<String> THING_LABELS = Set.of("USER", "APP", "SINK", "PID");

    private static final Set<String> SECRET_OPTIONS = Set.of("--key");
    private static final Pattern URL_PASSWORD = Pattern.compile("(?<=://)([^/@:\\s]*):[^/@\\s]+@");

    /** A call of a command that cannot be asked. */
    static CommandCall foreign(String name, List<Object> arguments) {
        String text = arguments.stream().map(String::valueOf).collect(Collectors.joining(" "));
        return new CommandCall(
                name,
                ForeignCommands.role(name),
                text,
                Set.of(),
                List.of(),
                false,
                ForeignCommands.isAudited(name),
                false);
    }

    /** A call of one of ours. */
    static CommandCall own(String name, CommandGroup group, List<String> words) {
        String function = name.substring(name.indexOf(':') + 1);
        Optional<Needs> needs = group.needs(function);
        CommandLine line = group.describe(function);
        if (line == null || needs.isEmpty()) {
            return new CommandCall(name, Optional.empty(), "", Set.of(), List.of(), false, true, false);
        }
        try {
            return of(name, needs.get(), line.parseArgs(words.toArray(String[]::new)));
        } catch (ParameterException e) {
            return new CommandCall(name, Optional.of(needs.get().value()), "", Set.of(), List.of(), true, true, true);
        }
    }

    private static CommandCall of(String name, Needs needs, ParseResult parsed) {
        Set<InstanceId> named = new TreeSet<>();
        boolean beyond = false;
        boolean names = false;
        for (ArgSpec argument : arguments(parsed).toList()) {
            if (isNaming(argument)) {
                for (String value : argument.originalStringValues()) {
                    Optional<InstanceId> id = instance(argument, value);
                    id.ifPresent(named::add);
                    beyond |= id.isEmpty();
                    names = true;
                }
            }
        }
        boolean above = arguments(parsed).anyMatch(it -> isFor(it, needs.administratorFor()))
                || beyond && arguments(parsed).anyMatch(it -> it.paramLabel().startsWith("FILE|"));
        boolean changes = arguments(parsed).anyMatch(it -> isFor(it, needs.operatorFor()));
        Role role = above ? Role.ADMINISTRATOR : changes ? Role.OPERATOR : needs.value();
        return new CommandCall(
                name,
                Optional.of(role),
                text(parsed),
                named,
                things(named, parsed),
                !beyond && (names || needs.filtered()),
                role != Role.VIEWER || needs.audited(),
                parsed.isUsageHelpRequested());
    }

    private static List<AuditDiff.Thing> things(Set<InstanceId> named, ParseResult parsed) {
        Stream<AuditDiff.Thing> instances = named.stream().map(it -> new AuditDiff.Thing("instance", it.toString()));
        Stream<AuditDiff.Thing> others = parsed.matchedPositionals().stream()
                .filter(it -> THING_LABELS.contains(it.paramLabel()))
                .flatMap(it -> it.originalStringValues().stream()
                        .map(name -> new AuditDiff.Thing(it.paramLabel().toLowerCase(Locale.ROOT), name)));
        return Stream.concat(instances, others).toList();
    }

    /** Whether a command of ours can run for who has a scope: it names instances, or shows only what is within. */
    static boolean canBeWithin(CommandGroup group, String function) {
        return group.needs(function).filter(Needs::filtered).isPresent()
                || Optional.ofNullable(group.describe(function)).stream()
                        .flatMap(it -> it.getCommandSpec().args().stream())
                        .anyMatch(CommandCall::isNaming);
    }

    private static Stream<ArgSpec> arguments(ParseResult parsed) {
        return Stream.concat(parsed.matchedPositionals().stream(), parsed.matchedOptions().stream())
                .map(ArgSpec.class::cast);
    }

    private static boolean isFor(ArgSpec argument, String... names) {
        return Stream.of(names)
                .anyMatch(name -> argument instanceof OptionSpec option
                        ? List.of(option.names()).contains(name)
                        : argument.paramLabel().equals(name));
    }

    private static boolean isNaming(ArgSpec argument) {
        return argument.paramLabel().contains("INSTANCE")
                || argument.paramLabel().equals("ALARM");
    }

    /** The instance that it names; empty when it names something else. */
    private static Optional<InstanceId> instance(ArgSpec argument, String value) {
        // An alarm is source/code.
        String id = argument.paramLabel().equals("ALARM") ? value.replaceFirst("/.*", "") : value;
        try {
            return Optional.of(InstanceId.parse(id));
        } catch (PlatformException e) {
            return Optional.empty();
        }
    }

    private static String text(ParseResult parsed) {
        List<String> words = new ArrayList<>();
        for (ArgSpec argument : new LinkedHashSet<>(arguments(parsed).toList())) {
            if (argument instanceof OptionSpec option) {
                words.add(option.longestName());
            }
            if (argument.arity().max() > 0) {
                argument.originalStringValues().forEach(value -> words.add(shown(argument, value)));
            }
        }
        return String.join(" ", words);
    }

    private static String shown(ArgSpec argument, String value) {
        String label = argument.paramLabel();
        if (label.equals("KEY=VALUE")) {
            return SecretNames.shown(value);
        }
        boolean secret = SECRET_LABELS.contains(label)
                || argument instanceof OptionSpec option && SECRET_OPTIONS.contains(option.longestName());
        return secret ? HIDDEN : URL_PASSWORD.matcher(value).replaceAll("$1:" + HIDDEN + "@");
    }
}
