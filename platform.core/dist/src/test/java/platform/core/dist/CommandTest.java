package platform.core.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code platform} as a process, in a distribution whose bundles stand for the platform's. */
class CommandTest {

    private static final String SHOWN = "the password (shown only now): ";

    @TempDir
    Path temp;

    private TestDistribution distribution;

    private TestDistribution distribution() throws IOException {
        if (distribution == null) {
            distribution = TestDistribution.good(temp.resolve("dist ribution"));
        }
        return distribution;
    }

    @AfterEach
    void stopWhatRuns() throws Exception {
        if (Files.exists(data())) {
            platform("stop", "--data", data().toString()).status();
        }
    }

    @Test
    void withoutAVerbItShowsTheVerbsAndFails() throws Exception {
        try (Run run = platform()) {
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.output()).contains("Usage: platform VERB").contains("restart");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run", "start", "stop", "restart", "status", "logs", "shell", "apply", "diff", "export", "restore",
                "test", "bench", "version"
            })
    void eachVerbExplainsItself(String verb) throws Exception {
        try (Run run = platform(verb, "--help");
                Run help = platform("help", verb)) {
            assertThat(run.status()).isZero();
            assertThat(run.output()).startsWith("Usage: platform " + verb);
            assertThat(help.status()).isZero();
            assertThat(help.output()).isEqualTo(run.output());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bogus",
                "run --bogus",
                "start extra",
                "apply",
                "apply -f none.yaml",
                "export extra",
                "run --data",
                "run --http=",
                "stop --http 1",
                "status x",
                "logs -n x",
                "logs ..",
                "logs a b",
                "shell --bogus",
                "restore",
                "restore a b",
                "restore a --bogus",
                "restore a --key",
                "version x"
            })
    void aWrongCommandLineIsAUsageError(String line) throws Exception {
        try (Run run = platform(line.split(" "))) {
            assertThat(run.status()).as(run.output()).isEqualTo(2);
            assertThat(run.lines()).hasSize(1);
        }
    }

    @Test
    void aPortThatIsNoneIsOneSentence() throws Exception {
        try (Run run = platform("run", "--data", data().toString(), "--http", "http")) {
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.output())
                    .isEqualTo("--http takes a port from 1 to 65535, or 0 for any free one, not 'http'.");
        }
    }

    @Test
    void startReturnsWhenThePlatformIsUpAndThePasswordIsInNoFile() throws Exception {
        try (Run start = start()) {
            assertThat(start.status()).as(start.output()).isZero();
            String line = start.lines().get(start.lines().size() - 1);
            assertThat(line).contains(SHOWN);
            String password = line.substring(line.indexOf(SHOWN) + SHOWN.length());
            assertThat(password).hasSize(20);
            assertThat(filesThatContain(password)).isEmpty();
        }
        try (Run status = platform("status", "--data", data().toString())) {
            assertThat(status.status()).isZero();
            assertThat(status.output()).contains("The platform runs, process ").contains("  http://127.0.0.1:");
        }
        try (Run stop = platform("stop", "--data", data().toString())) {
            assertThat(stop.status()).isZero();
            assertThat(stop.output()).isEqualTo("The platform has stopped.");
        }
        assertThat(data().resolve("stopped")).hasContent("fake.manager\nfake.web\nfake.db\n");
        try (Run status = platform("status", "--data", data().toString())) {
            assertThat(status.status()).isEqualTo(3);
        }
    }

    @Test
    void stopWaitsForPostgresAsWell() throws Exception {
        start().status();
        Path note = Files.createDirectories(data().resolve("pgsql/data")).resolve("postmaster.pid");
        Path program = Files.createSymbolicLink(temp.resolve("postgres"), Path.of("/bin/sleep"));
        Process postgres = new ProcessBuilder(program.toString(), "4").start();
        Files.writeString(note, postgres.pid() + "\n" + note.getParent() + "\n");
        try (Run stop = platform("stop", "--data", data().toString())) {
            assertThat(stop.status()).as(stop.output()).isZero();
            assertThat(postgres.isAlive()).isFalse();
        }
        // The note of one that was killed names nobody, or a stranger.
        Files.writeString(note, ProcessHandle.current().pid() + "\n");
        start().status();
        try (Run stop = platform("stop", "--data", data().toString())) {
            assertThat(stop.status()).isZero();
            assertThat(stop.output()).isEqualTo("The platform has stopped.");
        }
    }

    @Test
    void aSecondStartNamesTheProcessThatRuns() throws Exception {
        start().status();
        String pid = Files.readString(data().resolve("run/platform.pid")).strip();
        try (Run second = start();
                Run foreground = platform("run", "--data", data().toString())) {
            assertThat(second.status()).isEqualTo(1);
            assertThat(second.output()).contains("is in use by process " + pid);
            assertThat(foreground.status()).isEqualTo(1);
            assertThat(foreground.output()).contains("is in use by process " + pid);
        }
    }

    @Test
    void restartKeepsThePorts() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        platform("start", "--data", data().toString(), "--http", "" + port, "--https", "0")
                .status();
        String before = Files.readString(data().resolve("run/platform.pid"));
        try (Run restart = platform("restart", "--data", data().toString())) {
            assertThat(restart.status()).as(restart.output()).isZero();
            assertThat(restart.output()).contains("http://127.0.0.1:" + port + "/");
        }
        assertThat(data().resolve("run/platform.pid")).content().isNotEqualTo(before);
    }

    @Test
    void aStartThatFailsSaysWhyAndLeavesNothingRunning() throws Exception {
        distribution = TestDistribution.in(temp.resolve("bad")).bundle(2, "fake.db", Map.of("Fake-Does", "fail"));
        try (Run start = start()) {
            assertThat(start.status()).isEqualTo(1);
            // The reason is the last word: no second sentence blurs it.
            assertThat(start.lines().get(start.lines().size() - 1))
                    .isEqualTo("PostgreSQL lacks everything: give it some.");
        }
        assertThat(data().resolve("run/platform.pid")).doesNotExist();
    }

    @Test
    void aJavaThatDoesNotComeUpIsShown() throws Exception {
        try (Run start = platform(Map.of("PLATFORM_MAX_HEAP", "lots"), List.of("start", "--data", data().toString()))) {
            assertThat(start.status()).isEqualTo(1);
            assertThat(start.output()).contains("-Xmxlots");
        }
    }

    @Test
    void aPidFileOfAStrangerIsIgnored() throws Exception {
        DataFolder.open(data());
        Files.writeString(
                data().resolve("run/platform.pid"), ProcessHandle.current().pid() + "\n");
        try (Run status = platform("status", "--data", data().toString());
                Run stop = platform("stop", "--data", data().toString())) {
            assertThat(status.status()).isEqualTo(3);
            assertThat(stop.status()).isZero();
            assertThat(stop.output()).isEqualTo("The platform does not run.");
        }
        try (Run start = start()) {
            assertThat(start.status()).as(start.output()).isZero();
        }
    }

    @Test
    void theDataFolderLiesBesideTheDistributionAndIsKnownByAnyName() throws Exception {
        platform("start", "--http", "0", "--https", "0").status();
        Path beside = distribution().root().resolveSibling("data");
        Path link = Files.createSymbolicLink(temp.resolve("link"), beside);
        try (Run status = platform("status", "--data", link.toString())) {
            assertThat(status.status()).isZero();
        }
        try (Run stop = platform("stop", "--data=" + link)) {
            assertThat(stop.status()).isZero();
            assertThat(stop.output()).isEqualTo("The platform has stopped.");
        }
    }

    @Test
    void anUnusableJavaIsNamed() throws Exception {
        Map<String, String> environment = Map.of("PLATFORM_JAVA_HOME", temp.toString());
        try (Run run = platform(environment, List.of("run", "--data", data().toString()))) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.lines()).containsExactly("PLATFORM_JAVA_HOME=" + temp + " is no usable Java 17 or newer.");
        }
    }

    @Test
    void aJavaThatIsTooOldIsNotUsable() throws Exception {
        Path java = Files.createDirectories(temp.resolve("old/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 0\n");
        java.toFile().setExecutable(true);
        Files.writeString(temp.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");
        Map<String, String> environment =
                Map.of("PLATFORM_JAVA_HOME", temp.resolve("old").toString());
        try (Run run = platform(environment, List.of("run", "--data", data().toString()))) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.output()).contains("no usable Java 17");
        }
    }

    @Test
    void logsShowTheNewestFileOfThePlatformOrAnApp() throws Exception {
        DataFolder.open(data());
        Files.writeString(data().resolve("logs/platform/platform.log"), "of the platform\n");
        Files.createDirectory(data().resolve("logs/app.files"));
        Files.writeString(data().resolve("logs/app.files/app.files.log"), "one\ntwo\nthree\n");
        Files.writeString(data().resolve("logs/app.files/access.log"), "a request\n");
        try (Run own = platform("logs", "--data", data().toString());
                Run app = platform("logs", "-n", "2", "app.files", "--data", data().toString());
                Run access = platform("logs", "--access", "app.files", "--data", data().toString());
                Run unasked = platform("logs", "--access", "--data", data().toString());
                Run none = platform("logs", "app.none", "--data", data().toString())) {
            assertThat(own.status()).isZero();
            assertThat(own.output()).isEqualTo("of the platform");
            assertThat(app.status()).isZero();
            assertThat(app.output()).isEqualTo("two\nthree");
            assertThat(access.status()).isZero();
            assertThat(access.output()).isEqualTo("a request");
            assertThat(unasked.status()).isEqualTo(1);
            assertThat(unasked.output()).isEqualTo("The access log of 'platform' is empty.");
            assertThat(none.status()).isEqualTo(1);
            assertThat(none.output()).contains("app.none").contains("app.files");
        }
    }

    @Test
    void theTestsAreNotInTheDistribution() throws Exception {
        try (Run run = platform("test")) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.output()).contains("in the checkout");
        }
    }

    @Test
    void theBenchmarksAreNotInTheDistribution() throws Exception {
        try (Run run = platform("bench", "sockets")) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.lines()).containsExactly("The benchmarks are in the checkout, not in the distribution.");
        }
    }

    @Test
    void theVersionIsThatOfTheLauncher() throws Exception {
        try (Run run = platform("version")) {
            assertThat(run.status()).isZero();
            assertThat(run.output()).matches("App Platform \\d+\\.\\d+\\.\\d+");
        }
    }

    @Test
    void aPlatformIsRestoredOntoAnEmptyFolderOnly() throws Exception {
        Files.createDirectories(data());
        Files.writeString(data().resolve("mine"), "keep");
        Map<String, String> key = Map.of("PLATFORM_RESTORE_KEY", "AGE-SECRET-KEY-1X");
        List<String> command = List.of("restore", temp.toString(), "--data", data().toString());
        try (Run run = platform(key, command);
                Run withoutKey = platform(Map.of(), command)) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.output()).contains("is not empty, and a platform is restored into an empty one only");
            assertThat(withoutKey.status()).isEqualTo(1);
            assertThat(withoutKey.output()).contains("PLATFORM_RESTORE_KEY");
        }
        assertThat(data().toFile().list()).containsExactly("mine");
    }

    @Test
    void aFolderWhoseRestoreIsNotFinishedIsNotStarted() throws Exception {
        Files.createDirectories(data());
        RestoreMark.of(data()).begin();
        try (Run start = start()) {
            assertThat(start.status()).isEqualTo(1);
            assertThat(start.output()).contains("is not finished: give the same command platform restore again");
        }
    }

    private Path data() throws IOException {
        return temp.toRealPath().resolve("the data");
    }

    private List<Path> filesThatContain(String text) throws IOException {
        try (Stream<Path> files = Files.walk(data())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(text))
                    .toList();
        }
    }

    @Test
    void aJavaThatHasRunOnceIsNotAskedAgain() throws Exception {
        Path calls = temp.resolve("calls");
        Path java = Files.createDirectories(temp.resolve("own/bin")).resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\necho \"$1\" >>'" + calls + "'\nexec '" + System.getProperty("java.home")
                        + "/bin/java' \"$@\"\n");
        java.toFile().setExecutable(true);
        Files.writeString(temp.resolve("own/release"), "JAVA_VERSION=\"" + System.getProperty("java.version") + "\"\n");
        Map<String, String> environment =
                Map.of("PLATFORM_JAVA_HOME", temp.resolve("own").toString());
        // The first start only makes the folder that this is remembered in.
        for (int i = 0; i < 3; i++) {
            List<String> words = List.of("start", "--data", data().toString(), "--http", "0", "--https", "0");
            try (Run start = platform(environment, words)) {
                assertThat(start.status()).as(start.output()).isZero();
            }
            try (Run stop = platform("stop", "--data", data().toString())) {
                assertThat(stop.status()).isZero();
            }
        }
        assertThat(Files.readAllLines(calls)).hasSize(5).endsWith("-version", "-Xms32m", "-Xms32m");
    }

    @Test
    void aCacheIsUsedOnlyWhileItIsWhole() throws Exception {
        Path java = Files.createDirectories(temp.resolve("new/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        java.toFile().setExecutable(true);
        Files.writeString(temp.resolve("new/release"), "JAVA_VERSION=\"25.0.1\"\n");
        String wanted = option("-Dplatform.aot.output=");
        Path cache = Path.of(wanted);
        Files.createDirectories(cache.getParent());
        Files.writeString(cache, "classes");
        assertThat(new ProcessBuilder("cksum")
                        .redirectInput(cache.toFile())
                        .redirectOutput(Path.of(wanted + ".sum").toFile())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(option("-XX:AOTCache=")).isEqualTo(wanted);
        assertThat(Path.of(wanted + ".seen")).isNotEmptyFile();
        assertThat(option("-XX:AOTCache=")).isEqualTo(wanted);

        Files.writeString(cache, "damages");
        assertThat(option("-Dplatform.aot.output=")).isEqualTo(wanted);
        assertThat(cache).doesNotExist();
    }

    /** The value of the option that the command gives to a Java which only prints what it is given. */
    private String option(String name) throws Exception {
        Map<String, String> environment =
                Map.of("PLATFORM_JAVA_HOME", temp.resolve("new").toString(), "PLATFORM_AOT", "on");
        try (Run run = platform(environment, List.of("run", "--data", data().toString()))) {
            assertThat(run.status()).isZero();
            return run.lines().stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No " + name + " in " + run.output()));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Run start() throws IOException {
        return platform("start", "--data", data().toString(), "--http", "0", "--https", "0");
    }

    private Run platform(String... arguments) throws IOException {
        return platform(Map.of(), List.of(arguments));
    }

    private Run platform(Map<String, String> environment, List<String> arguments) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("PLATFORM_JAVA_HOME", System.getProperty("java.home"));
        List<String> command = new ArrayList<>(List.of(distribution().command().toString()));
        command.addAll(arguments);
        return Run.begin(all, command);
    }
}
