package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The examples of the documentation and of the help are commands that there are, with options that they have. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("../..");
    private static final String FENCE = "```";
    private static final Pattern EXAMPLE =
            Pattern.compile("(?:\\$ )?(?:\\./platform shell )?([a-z]+:[a-z][a-z-]*(?: .*)?)");
    private static final Pattern HELP_EXAMPLE = Pattern.compile("(?: {2}|Example: )([a-z]+:[a-z][a-z-]*(?: .*)?)");
    /** A command in a table, up to its first argument. */
    private static final Pattern CODE = Pattern.compile("`([a-z]+(?::[a-z*][a-z-]*)?|[a-z]+)(?: [^`]*)?`");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    /** What a wrong command line ends with, and its command's name; that a file or an instance is missing here is no matter. */
    private static final int MISUSE = 2;

    /** Understood, but for the answer of somebody at a terminal. */
    private static final String ASKS = "Give --yes if that is meant";

    private final FakeGogo gogo = new FakeGogo();

    @AfterEach
    void close() {
        gogo.close();
    }

    @Test
    void everyExampleOfTheDocumentationIsUnderstood() throws IOException {
        Set<String> examples = new LinkedHashSet<>();
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            for (Path page :
                    Stream.concat(pages, Stream.of(ROOT.resolve("README.md"))).toList()) {
                examples.addAll(inFences(page));
            }
        }
        assertThat(examples).hasSizeGreaterThan(70);
        assertThat(examples.stream().map(this::problem).filter(it -> !it.isEmpty()))
                .isEmpty();
    }

    @Test
    void everyExampleOfAHelpIsUnderstood() {
        Set<String> examples = new LinkedHashSet<>();
        for (String command : RoleTable.commands().keySet()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            call(List.of(command, "--help"), out, new ByteArrayOutputStream());
            out.toString(StandardCharsets.UTF_8)
                    .lines()
                    .map(HELP_EXAMPLE::matcher)
                    .filter(Matcher::matches)
                    .forEach(it -> examples.add(it.group(1)));
        }
        assertThat(examples).hasSizeGreaterThan(100);
        assertThat(examples.stream().map(this::problem).filter(it -> !it.isEmpty()))
                .isEmpty();
    }

    @Test
    void everyCommandInATableIsThere() throws IOException {
        List<List<String>> rows = rows("shell command");
        assertThat(rows).hasSizeGreaterThan(80);
        assertThat(rows.stream().flatMap(row -> missingIn(row.get(0)).stream())).isEmpty();
    }

    @Test
    void whoTypesACommandOfKarafsIsToldWhatIsHere() throws IOException {
        List<List<String>> rows = rows("Karaf");
        assertThat(rows).hasSizeGreaterThan(10);
        for (List<String> row : rows) {
            assertThat(missingIn(row.get(1))).isEmpty();
            for (String name : commands(row.get(0))) {
                boolean withoutScope = name.startsWith("shell:") && isKnown(CommandIndex.function(name));
                assertThat(isKnown(name)
                                || withoutScope
                                || KarafCommands.here(name).isPresent())
                        .as(name)
                        .isTrue();
            }
        }
        KarafCommands.names().forEach(name -> assertThat(isKnown(name)).as(name).isFalse());
    }

    @Test
    void whatUsersOfKarafAreToldToTypeIsThere() {
        for (String name : KarafCommands.names()) {
            String told = KarafCommands.here(name).orElseThrow();
            assertThat(told.split("[ .,]+"))
                    .filteredOn(word -> word.matches("[a-z]+:[a-z][a-z-]*"))
                    .as(told)
                    .allMatch(DocumentedCommandsTest::isKnown);
        }
    }

    /** The cells of the rows of the tables that begin with this heading. */
    private static List<List<String>> rows(String heading) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            for (Path page : pages.toList()) {
                boolean inside = false;
                for (String line : Files.readAllLines(page)) {
                    List<String> cells = Stream.of(line.replaceFirst("^\\|", "").split("\\|"))
                            .map(String::strip)
                            .toList();
                    boolean first = line.startsWith("| " + heading + " |");
                    inside = first || inside && line.startsWith("|");
                    if (inside && !first && !line.startsWith("|---")) {
                        rows.add(cells);
                    }
                }
            }
        }
        return rows;
    }

    private static List<String> missingIn(String cell) {
        return commands(cell).stream().filter(name -> !isKnown(name)).toList();
    }

    /** The commands that a cell names; one without a scope has that of the one before it, where there is such a command. */
    private static List<String> commands(String cell) {
        List<String> found = new ArrayList<>();
        String scope = "";
        for (MatchResult code : CODE.matcher(cell).results().toList()) {
            String name = code.group(1);
            boolean action = !found.isEmpty() && takesAction(found.get(found.size() - 1));
            if (name.contains(":")) {
                scope = CommandIndex.scope(name);
                found.add(name);
            } else if (!action) {
                found.add(isKnown(scope + ":" + name) ? scope + ":" + name : name);
            }
        }
        return found;
    }

    /** Whether what it does is said by a word; tables name further ones of those beside the command. */
    private static boolean takesAction(String name) {
        Method method = RoleTable.commands().get(name);
        return method != null
                && new CommandLine(method)
                        .getCommandSpec().args().stream()
                                .anyMatch(it -> it.paramLabel().equals("ACTION"));
    }

    /** Whether there is such a command, by its full name or, where a session finds it so, without its scope. */
    private static boolean isKnown(String name) {
        Set<String> known = new TreeSet<>(RoleTable.commands().keySet());
        known.addAll(ForeignCommands.names());
        return name.contains(":")
                ? known.contains(name) || name.endsWith(":*")
                : Stream.of(ShellSession.SCOPES.split(":")).anyMatch(scope -> known.contains(scope + ":" + name));
    }

    private static List<String> inFences(Path page) throws IOException {
        List<String> found = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(page)) {
            Matcher example = EXAMPLE.matcher(line);
            if (line.startsWith(FENCE)) {
                inside = !inside;
            } else if (inside && example.matches()) {
                found.add(example.group(1));
            }
        }
        return found;
    }

    private static List<String> words(String example) {
        String command = example.replaceFirst(" +#.*", "").replaceFirst(" [<>].*", "");
        return WORD.matcher(command)
                .results()
                .map(it -> Stream.of(1, 2, 3)
                        .map(it::group)
                        .filter(text -> text != null)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private String problem(String example) {
        String name = words(example).get(0);
        if (!isHere(name)) {
            return RoleTable.commands().containsKey(name) ? "" : example + " -> there is no such command";
        }
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> call(words(example), new ByteArrayOutputStream(), err),
                () -> example + " does not end");
        String said = err.toString(StandardCharsets.UTF_8);
        return status == MISUSE && said.startsWith(name) && !said.contains(ASKS) ? example + " -> " + said : "";
    }

    /** Those that look at the machine have tests, but no place among the fakes. */
    private boolean isHere(String name) {
        try (ShellSession session = session(new ByteArrayOutputStream(), new ByteArrayOutputStream())) {
            return session.gogo().get(name) != null;
        }
    }

    private int call(List<String> words, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        try (ShellSession session = session(out, err)) {
            return session.call(words);
        }
    }

    private ShellSession session(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        ByteArrayInputStream in = new ByteArrayInputStream("sesame\nsesame\n".getBytes(StandardCharsets.UTF_8));
        return new ShellSession(gogo.processor, () -> FakeGogo.ROOT, new SessionStreams(in, out, err), null, false);
    }
}
