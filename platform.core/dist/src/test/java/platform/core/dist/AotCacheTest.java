package platform.core.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AOT cache, on machines that have a Java with one. */
class AotCacheTest {

    @TempDir
    Path temp;

    private String java;
    private TestDistribution distribution;

    @BeforeEach
    void findJava() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib/jvm"))) {
            java = folders.filter(folder -> folder.getFileName().toString().matches(".*\\b2[5-9]\\b.*"))
                    .filter(folder -> Files.isExecutable(folder.resolve("bin/java")))
                    .map(Path::toString)
                    .findFirst()
                    .orElse(null);
        }
        assumeTrue(java != null, "This machine has no Java 25 in /usr/lib/jvm.");
        distribution = TestDistribution.good(temp.resolve("distribution"));
    }

    @AfterEach
    void stopWhatRuns() throws Exception {
        if (distribution != null) {
            platform("stop").status();
        }
    }

    @Test
    void theNextStartUsesTheCacheAndABrokenOneDoesNotPreventIt() throws Exception {
        start();
        Run.await(
                "a cache and nothing else of it",
                () -> caches().size() == 2 && leftovers().isEmpty());
        platform("stop").status();
        start();
        assertThat(arguments()).contains("-XX:AOTCache=" + cache());
        platform("stop").status();

        writeNonsense(cache());
        writeSum(cache());
        start();
        assertThat(arguments()).contains("-XX:AOTCache=" + cache());
        platform("stop").status();

        writeNonsense(cache());
        Files.writeString(sum(cache()), "not its sum");
        start();
        assertThat(arguments()).doesNotContain("-XX:AOTCache=");
    }

    private static void writeNonsense(Path cache) throws IOException {
        Files.writeString(cache, "This is no cache.");
    }

    private static void writeSum(Path cache) throws IOException, InterruptedException {
        Process cksum = new ProcessBuilder("cksum")
                .redirectInput(cache.toFile())
                .redirectOutput(sum(cache).toFile())
                .start();
        assertThat(cksum.waitFor()).isZero();
    }

    private static Path sum(Path cache) {
        return cache.resolveSibling(cache.getFileName() + ".sum");
    }

    @Test
    void thePlatformsEndIsTheTrainingsEnd() throws Exception {
        start();
        Run.await("the training", () -> !leftovers().isEmpty());
        platform("stop").status();
        assertThat(leftovers()).isEmpty();
        assertThat(trainings()).isEmpty();
    }

    @Test
    void aKilledPlatformsTrainingEndsByItself() throws Exception {
        start();
        Run.await("the training", () -> !trainings().isEmpty());
        long pid = Long.parseLong(
                Files.readString(data().resolve("run/platform.pid")).strip());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Run.await("the training's end", () -> trainings().isEmpty());
    }

    @Test
    void itCanBeSwitchedOff() throws Exception {
        try (Run run = platform(Map.of("PLATFORM_AOT", "off"), "start", "--http", "0", "--https", "0")) {
            assertThat(run.status()).as(run.output()).isZero();
        }
        assertThat(arguments()).doesNotContain("aot");
        assertThat(caches()).isEmpty();
    }

    private void start() throws Exception {
        try (Run run = platform("start", "--http", "0", "--https", "0")) {
            assertThat(run.status()).as(run.output()).isZero();
        }
    }

    private Run platform(String... arguments) throws IOException {
        return platform(Map.of("PLATFORM_AOT", "on"), arguments);
    }

    private Run platform(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(distribution.command().toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data().toString()));
        Map<String, String> all = new HashMap<>(environment);
        all.put("PLATFORM_JAVA_HOME", java);
        return Run.begin(all, command);
    }

    private Path data() throws IOException {
        return temp.toRealPath().resolve("data");
    }

    /** The running platform's command line. */
    private String arguments() throws IOException {
        String pid = Files.readString(data().resolve("run/platform.pid")).strip();
        return Files.readString(Path.of("/proc", pid, "cmdline"), StandardCharsets.ISO_8859_1)
                .replace('\0', '\n');
    }

    private Path cache() {
        return caches().get(0);
    }

    private List<Path> caches() {
        return inCache("aot-\\d.*");
    }

    private List<Path> leftovers() {
        return inCache("aot-training-.*");
    }

    private List<Path> inCache(String pattern) {
        try (Stream<Path> files = Files.list(data().resolve("cache"))) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ProcessHandle> trainings() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(temp + "/data/cache/aot-training-"))
                .toList();
    }
}
