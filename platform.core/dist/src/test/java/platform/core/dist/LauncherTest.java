package platform.core.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, with bundles that stand for the platform's. */
class LauncherTest {

    @TempDir
    Path temp;

    @Test
    void itReportsEachStepAndTheAddressesAndThePasswordOnce() throws Exception {
        TestDistribution distribution = TestDistribution.good(temp.resolve("a distribution with spaces & ümlauts"));
        try (Run run = launch(distribution)) {
            run.awaitLine("the password (shown only now): ");
            assertThat(run.lines())
                    .anyMatch(line -> line.startsWith("App Platform 0"))
                    .containsSubsequence(
                            "Starting PostgreSQL ...", "Starting the webserver ...", "Starting the apps ...")
                    .anyMatch(line -> line.matches("The platform is up after \\d+\\.\\d s:"))
                    .anyMatch(line -> line.startsWith("  http://127.0.0.1:"));
            assertThat(run.terminate().status()).isEqualTo(143);
        }
        try (Run run = launch(distribution)) {
            run.awaitLine("The platform is up");
            assertThat(run.terminate().status()).isEqualTo(143);
            assertThat(run.output()).doesNotContain("password");
        }
    }

    @Test
    void sigtermStopsTheLevelsFromTheTopDown() throws Exception {
        try (Run run = launch(TestDistribution.good(temp.resolve("d")))) {
            run.awaitLine("The platform is up");
            assertThat(run.terminate().status()).isEqualTo(143);
        }
        assertThat(data().resolve("stopped")).hasContent("fake.manager\nfake.web\nfake.db\n");
        assertThat(data().resolve("run/platform.pid")).doesNotExist();
        assertThat(data().resolve("run/status")).doesNotExist();
    }

    @Test
    void aPlatformThatStopsByItselfEndsWithZero() throws Exception {
        TestDistribution distribution =
                TestDistribution.in(temp.resolve("d")).bundle(4, "fake.manager", Map.of("Fake-Does", "quit"));
        try (Run run = launch(distribution)) {
            assertThat(run.status()).isZero();
        }
        assertThat(data().resolve("run/platform.pid")).doesNotExist();
    }

    @Test
    void aStopThatHangsIsBoundedAndNamed() throws Exception {
        TestDistribution distribution =
                TestDistribution.good(temp.resolve("d")).bundle(5, "fake.clinger", Map.of("Fake-Does", "cling"));
        try (Run run = launch(distribution)) {
            run.awaitLine("The platform is up");
            long begun = System.nanoTime();
            assertThat(run.terminate().status()).isEqualTo(143);
            assertThat(System.nanoTime() - begun).isLessThan(15_000_000_000L);
            assertThat(run.output()).contains("did not stop in time: ").contains("fake.clinger");
        }
    }

    @Test
    void aStartCanBeBrokenOff() throws Exception {
        TestDistribution distribution = TestDistribution.in(temp.resolve("d"))
                .bundle(2, "fake.db", Map.of("Fake-Service", "platform.db.api.Databases"))
                .bundle(3, "fake.web", Map.of("Fake-Does", "hang"));
        try (Run run = launch(distribution)) {
            run.awaitLine("Starting the webserver ...");
            assertThat(run.terminate().status()).isEqualTo(143);
            assertThat(run.output()).doesNotContain("is up");
        }
        assertThat(data().resolve("run/platform.pid")).doesNotExist();
        assertThat(data().resolve("run/status")).doesNotExist();
    }

    @Test
    void aFailureIsOneSentenceAndNothingIsLeftRunning() throws Exception {
        TestDistribution distribution = TestDistribution.in(temp.resolve("d"))
                .bundle(2, "fake.db", Map.of("Fake-Does", "fail"))
                .bundle(3, "fake.web", Map.of());
        try (Run run = launch(distribution)) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.lines()).contains("PostgreSQL lacks everything: give it some.");
            assertThat(run.output()).doesNotContain("password");
        }
    }

    @Test
    void withoutItsDatabaseItIsUpAndSaysWhy() throws Exception {
        TestDistribution distribution = TestDistribution.in(temp.resolve("d"))
                .bundle(2, "fake.db", Map.of("Fake-Does", "degrade"))
                .bundle(3, "fake.web", Map.of("Fake-Service", "platform.webserver.api.Webserver"));
        try (Run run = launch(distribution)) {
            run.awaitLine("alarm:list");
            assertThat(run.output())
                    .contains("The platform is up")
                    .contains("http://127.0.0.1:1/")
                    .contains("no instance runs yet: The database is away.");
            assertThat(run.terminate().status()).isEqualTo(143);
        }
    }

    @Test
    void aBundleThatDoesNotStartIsNamedWithTheReason() throws Exception {
        TestDistribution distribution = TestDistribution.good(temp.resolve("d"))
                .bundle(1, "fake.thrower", Map.of("Fake-Does", "throw"))
                .bundle(1, "fake.loner", Map.of("Import-Package", "no.such.thing"));
        try (Run run = launch(distribution)) {
            run.awaitLine("The platform is up");
            assertThat(run.output())
                    .contains("The bundle fake.thrower 1.2.3 did not start: java.lang.IllegalStateException: The moon")
                    .contains("The bundle fake.loner 1.2.3 did not start: Unable to resolve fake.loner: missing")
                    .contains("no.such.thing");
        }
    }

    @Test
    void aStartThatTakesTooLongNamesWhatIsMissing() throws Exception {
        TestDistribution distribution = TestDistribution.in(temp.resolve("d"))
                .bundle(2, "fake.db", Map.of("Fake-Service", "platform.db.api.Databases"))
                .bundle(3, "fake.web", Map.of("Fake-Does", "hang"));
        try (Run run = launch(Map.of("PLATFORM_START_TIMEOUT", "3"), distribution)) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.output())
                    .contains("Still not up after 3 s: the webserver;")
                    .contains("The bundle fake.web 1.2.3 is still starting.");
        }
    }

    @Test
    void aBusyPortStopsItBeforeAnythingStarts() throws Exception {
        TestDistribution distribution = TestDistribution.good(temp.resolve("d"));
        try (ServerSocket busy = new ServerSocket(0);
                Run run = launch(distribution, "--http", String.valueOf(busy.getLocalPort()))) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.output())
                    .contains("Port " + busy.getLocalPort() + " is in use")
                    .contains("--http");
        }
        assertThat(data().resolve("cache/framework")).doesNotExist();
    }

    @Test
    void aSecondPlatformOnTheSameDataIsTurnedAway() throws Exception {
        TestDistribution distribution = TestDistribution.good(temp.resolve("d"));
        try (Run first = launch(distribution)) {
            first.awaitLine("The platform is up");
            try (Run second = launch(distribution)) {
                assertThat(second.status()).isEqualTo(1);
                assertThat(second.output()).contains("is in use by process " + first.pid());
            }
            assertThat(data().resolve("run/platform.pid")).hasContent(first.pid() + "\n");
        }
    }

    @Test
    void aKilledPlatformLeavesNothingThatKeepsTheNextFromStarting() throws Exception {
        TestDistribution distribution = TestDistribution.good(temp.resolve("d"));
        try (Run run = launch(distribution)) {
            run.awaitLine("The platform is up").kill().status();
        }
        try (Run run = launch(distribution)) {
            run.awaitLine("The platform is up");
        }
    }

    @Test
    void aDataFolderOfANewerVersionIsRefused() throws Exception {
        TestDistribution distribution = TestDistribution.good(temp.resolve("d"));
        Files.createDirectories(data());
        Files.writeString(data().resolve("version"), "99.0.0\n");
        try (Run run = launch(distribution)) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.lines().get(1)).contains("from the newer version 99.0.0");
        }
    }

    @Test
    void aWrongArgumentIsAUsageError() throws Exception {
        try (Run run = launch(TestDistribution.in(temp.resolve("d")), "--nonsense")) {
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.output()).contains("--nonsense").doesNotContain("Exception");
        }
    }

    private Path data() throws IOException {
        return temp.toRealPath().resolve("data");
    }

    private Run launch(TestDistribution distribution, String... more) throws IOException {
        return launch(Map.of(), distribution, more);
    }

    private Run launch(Map<String, String> environment, TestDistribution distribution, String... more)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar"));
        command.add(distribution.launcher().toString());
        command.addAll(List.of("--data", data().toString(), "--http", "0", "--https", "0"));
        command.addAll(List.of(more));
        return Run.begin(environment, command);
    }
}
