package app.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * That docs/apps.md shows the code that is built. Before each block of code stands the comment
 * {@code <!-- source: file#region -->}; a region of a file lies between the lines {@code // region name} and
 * {@code // endregion}, and a file without a region is shown whole.
 */
class DocumentationTest {

    private static final Path ROOT = Path.of("../..");
    private static final Path PAGE = ROOT.resolve("docs/apps.md");
    private static final Set<String> CODE = Set.of("java", "sql", "xml", "html", "js");

    private static final Pattern BLOCK = Pattern.compile(
            "(?m)(?:^<!-- source: (?<source>.*) -->\\R)?^```(?<language>\\w*)\\R(?<text>(?s:.*?))^```$");

    @TestFactory
    List<DynamicTest> eachBlockOfCodeIsItsSource() throws IOException {
        return blocks().stream()
                .filter(block -> block.group(2) != null && CODE.contains(block.group(2)))
                .map(block -> DynamicTest.dynamicTest("block of " + block.group(1), () -> compare(block)))
                .toList();
    }

    @Test
    void thePageShowsThePartsOfAnApp() throws IOException {
        assertThat(blocks().stream().map(block -> String.valueOf(block.group(1))))
                .anyMatch(source -> source.endsWith("pom.xml"))
                .anyMatch(source -> source.endsWith("Hello.java#service"))
                .anyMatch(source -> source.endsWith("Echo.java#echo"))
                .anyMatch(source -> source.endsWith("Greeter.java#greeter"))
                .anyMatch(source -> source.endsWith("greet.js#greet"))
                .anyMatch(source -> source.endsWith("Who.java#who"))
                .anyMatch(source -> source.endsWith("Visits.java#visits"))
                .anyMatch(source -> source.endsWith(".sql"));
    }

    private static List<MatchResult> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE)).results().toList();
    }

    private static void compare(MatchResult block) throws IOException {
        String source = block.group(1);
        assertThat(source).as("the block has no source:%n%s", block.group()).isNotNull();
        String[] parts = source.split("#", 2);
        String file = Files.readString(ROOT.resolve(parts[0]));
        String expected = parts.length == 1 ? file.strip() : region(file, parts[1], source);
        assertThat(block.group(3).strip())
                .as("docs/apps.md differs from %s: copy the source into the page", source)
                .isEqualTo(expected);
    }

    private static String region(String file, String name, String source) {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : file.lines().toList()) {
            if (line.strip().endsWith("endregion")) {
                inside = false;
            }
            if (inside) {
                lines.add(line);
            }
            if (line.strip().endsWith("region " + name)) {
                inside = true;
            }
        }
        assertThat(lines).as("%s has no such region", source).isNotEmpty();
        return String.join("\n", lines).stripIndent().strip();
    }
}
