package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples of the documentation and of the help are commands that there are, with options that they have. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("../..");
    private static final String FENCE = "```";
    private static final Pattern EXAMPLE =
            Pattern.compile("(?:\\$ )?(?:\\./platform shell )?([a-z]+:[a-z][a-z-]*(?: .*)?)");
    private static final Pattern HELP_EXAMPLE = Pattern.compile("(?: {2}|Example: )([a-z]+:[a-z][a-z-]*(?: .*)?)");
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
