package app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WebDAV test suite litmus against the app; the Debian package litmus must be installed. */
final class LitmusTest {

    private static final Path LITMUS = Path.of("/usr/bin/litmus");
    private static final Pattern PASSED =
            Pattern.compile("summary for `(\\w+)': of (\\d+) tests run: \\2 passed, 0 failed");

    @Test
    void allSuitesOfLitmusPass(@TempDir Path folder) throws Exception {
        assertThat(LITMUS)
                .as("the Debian package litmus, which this test needs")
                .isExecutable();
        try (TestServer server = new TestServer(Map.of())) {
            Path output = folder.resolve("output");
            Process litmus = new ProcessBuilder(
                            LITMUS.toString(),
                            "--keep-going",
                            server.uri("/dav/").toString(),
                            "anybody",
                            TestServer.PASSWORD)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = litmus.waitFor(2, TimeUnit.MINUTES);
            litmus.destroyForcibly();
            String said = Files.readString(output);
            assertThat(ended).as(said).isTrue();
            assertThat(PASSED.matcher(said).results().map(result -> result.group(1)))
                    .as(said)
                    .containsExactly("basic", "copymove", "props", "locks", "http");
            assertThat(said).doesNotContain("WARNING");
        }
    }
}
