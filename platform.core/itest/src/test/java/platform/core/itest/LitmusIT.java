package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The WebDAV conformance test suite of Debian against a file store in the running product. */
@ExtendWith(ProductShared.class)
final class LitmusIT {

    private static final Pattern SUMMARY =
            Pattern.compile("<- summary for `(\\w+)': of (\\d+) tests run: (\\d+) passed, (\\d+) failed");

    @Test
    void allSuitesOfLitmusPass(Product product, @TempDir Path folder) {
        assertThat(isInstalled())
                .as("litmus is missing; on Debian: apt-get install litmus")
                .isTrue();
        product.dropSample("files");
        ProductInstance instance = ProductInstance.create(product, "litmus@example.com", "files");

        ProcessBuilder litmus = new ProcessBuilder(
                "litmus", "-k", instance.uri("/dav/").toString(), ProductInstance.USER, instance.password());
        ProductProcess.Result result = ProductProcess.run(litmus.directory(folder.toFile()), "", Duration.ofMinutes(2));

        assertThat(SUMMARY.matcher(result.out()).results())
                .as(result.out())
                .extracting(summary -> summary.group(1) + " " + summary.group(4))
                .containsExactly("basic 0", "copymove 0", "props 0", "locks 0", "http 0");
        assertThat(SUMMARY.matcher(result.out())
                        .results()
                        .mapToInt(LitmusIT::passed)
                        .sum())
                .isGreaterThan(90);
        product.json("instance:delete", instance.id(), "--yes");
    }

    private static int passed(MatchResult summary) {
        return Integer.parseInt(summary.group(3));
    }

    private static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "litmus")));
    }
}
