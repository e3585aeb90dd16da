package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What was published of Apache Karaf in 2026 and is prevented here by what the platform does not have: looked for in all classes of
 * its own. What can be tried is in tests of the modules; SECURITY.md lists all of them.
 */
class KnownVulnerabilitiesTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

    @Test
    void cve_2026_24656_nothingReadsSerializedObjects() {
        assertThat(classesWith("java/io/ObjectInputStream")).isEmpty();
    }

    @Test
    void cve_2026_91006_nothingStartsAShell() {
        assertThat(classesWith(
                        "/bin/sh", "/bin/bash", "java/lang/Runtime.exec", "(Ljava/lang/String;)Ljava/lang/Process;"))
                .isEmpty();
    }

    @Test
    void cve_2026_92142_nothingIsManagedByJmxFromElsewhere() throws IOException {
        assertThat(classesWith("javax/management/remote", "java/rmi/", "javax/management/loading"))
                .isEmpty();
        assertThat(Files.readString(Modules.ROOT.resolve("platform"))).doesNotContain("com.sun.management.jmxremote");
    }

    @Test
    void everyTestThatTheDocumentNamesIsThere() throws IOException {
        String document = Files.readString(Modules.ROOT.resolve("SECURITY.md"));
        List<MatchResult> named = TEST.matcher(document).results().toList();

        assertThat(named).hasSizeGreaterThan(10);
        for (MatchResult test : named) {
            assertThat(sources(test.group(1) + ".java"))
                    .as(test.group())
                    .anyMatch(it -> it.contains(" " + test.group(2) + "("));
        }
    }

    private static List<String> sources(String file) {
        return Modules.present(Modules.ROOT).stream()
                .flatMap(it -> files(Modules.ROOT.resolve(it).resolve("src/test/java"), file))
                .map(KnownVulnerabilitiesTest::text)
                .toList();
    }

    /** Those of the platform's and the apps' own classes that hold one of these constants. */
    private static List<Path> classesWith(String... constants) {
        List<Path> classes = Modules.built(Modules.ROOT).stream()
                .map(it -> Modules.ROOT.resolve(it).resolve("target/classes"))
                .flatMap(it ->
                        Stream.concat(files(it.resolve("platform"), ".class"), files(it.resolve("app"), ".class")))
                .toList();
        assertThat(classes).as("the classes of all modules").hasSizeGreaterThan(1000);
        return classes.stream()
                .filter(it -> Stream.of(constants).anyMatch(text(it)::contains))
                .toList();
    }

    private static Stream<Path> files(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(it -> it.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
