package platform.core.shell;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completes the names of commands, their options, and the names of the apps and instances that are there now. */
final class CommandCompleter implements Completer {

    private static final Set<String> FORMATS = Set.of("json", "table", "yaml");

    private final Supplier<CommandSession> session;

    CommandCompleter(Supplier<CommandSession> session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        CommandIndex index = new CommandIndex(session.get());
        if (line.wordIndex() == 0) {
            commands(index, candidates);
            return;
        }
        Optional<String> name = index.fullName(line.words().get(0));
        Optional<CommandSpec> spec = name.flatMap(index::describe).map(command -> command.getCommandSpec());
        if (spec.isPresent()) {
            arguments(index, name.get(), spec.get(), line, candidates);
        }
    }

    private static void commands(CommandIndex index, List<Candidate> candidates) {
        for (CommandIndex.Entry entry : index.entries()) {
            String scope = entry.name().substring(0, entry.name().indexOf(':'));
            candidates.add(candidate(entry.name(), scope, entry.description()));
            String alone = entry.name().substring(scope.length() + 1);
            if (index.fullName(alone).filter(entry.name()::equals).isPresent()) {
                candidates.add(candidate(alone, scope, entry.description()));
            }
        }
    }

    private static void arguments(
            CommandIndex index, String name, CommandSpec spec, ParsedLine line, List<Candidate> candidates) {
        String before = line.words().get(line.wordIndex() - 1);
        OptionSpec option = spec.findOption(before);
        if (option != null && line.wordIndex() > 1 && option.arity().max() > 0) {
            values(index, name, option).forEach(value -> candidates.add(candidate(value, null, null)));
            return;
        }
        List<String> names = positional(spec, line).stream()
                .flatMap(parameter -> values(index, name, parameter))
                .toList();
        if (names.isEmpty() || line.word().startsWith("-")) {
            spec.options().stream()
                    .filter(o -> o.isMultiValue() || !given(o, line))
                    .forEach(o -> candidates.add(candidate(o.longestName(), null, o.description()[0])));
        } else {
            names.forEach(value -> candidates.add(candidate(value, null, null)));
        }
    }

    private static Stream<String> values(CommandIndex index, String name, ArgSpec argument) {
        return switch (argument.paramLabel()) {
            case "FORMAT" -> FORMATS.stream().sorted();
            case "COMMAND" -> index.entries().stream().map(CommandIndex.Entry::name);
            default -> index.candidates(name, argument.paramLabel()).stream();
        };
    }

    private static boolean given(OptionSpec option, ParsedLine line) {
        return Stream.of(option.names()).anyMatch(line.words()::contains);
    }

    /** The parameter that the word at the cursor would be: the words before it that are neither options nor their values. */
    private static Optional<PositionalParamSpec> positional(CommandSpec spec, ParsedLine line) {
        int position = 0;
        for (int i = 1; i < line.wordIndex(); i++) {
            OptionSpec option = spec.findOption(line.words().get(i));
            if (option == null) {
                position++;
            } else {
                i += option.arity().max();
            }
        }
        int wanted = position;
        return spec.positionalParameters().stream()
                .filter(parameter -> parameter.index().contains(wanted))
                .findFirst();
    }

    private static Candidate candidate(String value, String group, String description) {
        return new Candidate(value, value, group, description, null, null, true);
    }
}
