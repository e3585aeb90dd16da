package platform.tracing.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import platform.tracing.api.LogContext;
import platform.tracing.api.LogUse;
import platform.tracing.api.ServiceLog;

/** Which line ends in which file. */
class LogbackTracingTest {

    private static final Logger MANAGER = LoggerFactory.getLogger("platform.core.manager.Supervisor");
    private static final Logger FILES = LoggerFactory.getLogger("app.files.Store");
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)";

    @TempDir
    Path logs;

    private LogbackTracing tracing;

    @BeforeEach
    void start() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        tracing = new LogbackTracing(context, logs, Clock.systemUTC(), FakeConfig.defaults());
    }

    @AfterEach
    void stop() {
        MDC.clear();
        tracing.close();
    }

    @Test
    void aLineNamesTimeLevelInstanceThreadLoggerAndMessage() {
        MDC.put(LogContext.INSTANCE, "acme@example.com");
        MANAGER.info("started in {} ms", 12);
        assertThat(platformLog())
                .last()
                .asString()
                .matches(
                        TIME + " INFO  acme@example.com \\[[^]]+] platform.core.manager.Supervisor - started in 12 ms");
    }

    @Test
    void aLineWithoutAnInstanceHasADash() {
        MANAGER.error("no disk");
        assertThat(platformLog()).last().asString().matches(TIME + " ERROR - \\[[^]]+] \\S+ - no disk");
    }

    @Test
    void aServicesPackageGoesToItsLogAndNobodyElses() {
        try (ServiceLog log = tracing.open("files", "app.files")) {
            FILES.info("mine");
            LoggerFactory.getLogger("app.files").info("also mine");
            LoggerFactory.getLogger("app.filesystem.Store").info("not mine");
            assertThat(log.file()).isEqualTo(logs.resolve("files/files.log"));
            assertThat(lines(log.file())).hasSize(2);
            assertThat(platformLog()).last().asString().endsWith("not mine");
        }
    }

    @Test
    void theDiagnosticContextDecidesBeforeTheLoggersName() {
        try (ServiceLog hello = tracing.open("hello", "app.hello");
                ServiceLog files = tracing.open("files", "app.files")) {
            MDC.put(LogContext.APP, "hello");
            FILES.info("a library of files, used by hello");
            assertThat(lines(hello.file())).hasSize(1);
            assertThat(lines(files.file())).isEmpty();
        }
    }

    @Test
    void theLongestPackageWins() {
        try (ServiceLog outer = tracing.open("outer", "app");
                ServiceLog inner = tracing.open("inner", "app.files")) {
            FILES.info("inner");
            LoggerFactory.getLogger("app.other").info("outer");
            assertThat(lines(inner.file())).singleElement().asString().endsWith("inner");
            assertThat(lines(outer.file())).singleElement().asString().endsWith("outer");
        }
    }

    @Test
    void anInstanceThatLogsTooMuchIsCutOffAndItsNeighbourIsNot() {
        try (ServiceLog log = tracing.open("files", "app.files")) {
            tracing.limit("acme@example.com", 1000);
            MDC.put(LogContext.INSTANCE, "acme@example.com");
            for (int i = 0; i < 100; i++) {
                FILES.info("a line of acme's");
            }
            MDC.put(LogContext.INSTANCE, "beta@example.com");
            FILES.info("a line of beta's");

            LogUse use = tracing.use("acme@example.com");
            assertThat(use.bytes()).isBetween(500L, 1000L);
            List<String> lines = lines(log.file());
            assertThat(lines).filteredOn(line -> line.endsWith("acme's")).hasSize((int) (100 - use.dropped()));
            assertThat(lines)
                    .filteredOn(line -> line.contains("instance:limit acme@example.com"))
                    .hasSize(1);
            assertThat(lines).last().asString().endsWith("beta's");

            tracing.forget("acme@example.com");
            assertThat(tracing.use("acme@example.com")).isEqualTo(new LogUse(0, 0));
        }
    }

    @Test
    void whatAnAppPrintsHasALimitOfItsOwn() {
        try (ServiceLog log = tracing.open("files", "app.files")) {
            tracing.limit("files", 1000);
            tracing.limit("acme@example.com", 1000);
            for (int i = 0; i < 100; i++) {
                FILES.warn("a printed line");
            }
            MDC.put(LogContext.INSTANCE, "acme@example.com");
            FILES.info("a line of acme's");

            assertThat(tracing.use("files").dropped()).isPositive();
            List<String> lines = lines(log.file());
            assertThat(lines)
                    .filteredOn(line -> line.endsWith("a printed line"))
                    .hasSizeLessThan(20);
            assertThat(lines)
                    .filteredOn(line -> line.contains("The app has printed"))
                    .hasSize(1);
            assertThat(lines).last().asString().endsWith("acme's");
            assertThat(tracing.use("acme@example.com").dropped()).isZero();
        }
    }

    @Test
    void linesAreDroppedAndCountedWhileTheDiskIsVeryLow() {
        try (ServiceLog log = tracing.open("files", "app.files")) {
            tracing.bindVeryLow(Condition.INSTANCE);
            FILES.error("of an app");
            MANAGER.info("of the platform");
            LoggerFactory.getLogger("audit").info("who did what");
            tracing.unbindVeryLow(Condition.INSTANCE);
            FILES.info("again");
            assertThat(lines(log.file())).singleElement().asString().endsWith("again");
        }
        List<String> platform = platformLog();
        assertThat(platform).noneMatch(line -> line.endsWith("of the platform"));
        assertThat(platform.get(platform.size() - 2)).endsWith("who did what");
        assertThat(platform.get(platform.size() - 1))
                .endsWith("2 lines were dropped while the disk had very little room");
    }

    @Test
    void linesOfAClosedServiceGoToThePlatformsLog() {
        ServiceLog log = tracing.open("files", "app.files");
        log.close();
        log.close();
        MDC.put(LogContext.APP, "files");
        FILES.warn("late");
        assertThat(lines(log.file())).isEmpty();
        assertThat(platformLog()).last().asString().endsWith("late");
    }

    @Test
    void openingAgainGoesOnInTheSameFileAndTheFormerHandleIsDead() {
        ServiceLog former = tracing.open("files", "app.files");
        FILES.info("one");
        ServiceLog log = tracing.open("files", "app.files");
        former.close();
        FILES.info("two");
        assertThat(lines(log.file())).hasSize(2);
    }

    @Test
    void noLineIsLostOrDoubledWhileALogOpensAndCloses() throws InterruptedException {
        int threads = 4;
        int perThread = 500;
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            String name = "writer-" + t;
            new Thread(() -> {
                        for (int i = 0; i < perThread; i++) {
                            FILES.info("{}:{}", name, i);
                        }
                        done.countDown();
                    })
                    .start();
        }
        while (done.getCount() > 0) {
            tracing.open("files", "app.files").close();
        }
        done.await();
        List<String> all = new ArrayList<>(platformLog());
        all.addAll(lines(logs.resolve("files/files.log")));
        assertThat(all.stream().filter(line -> line.contains("writer-")).distinct())
                .hasSize(threads * perThread);
        assertThat(all.stream().filter(line -> line.contains("writer-"))).hasSize(threads * perThread);
    }

    @Test
    void aServiceWhoseFolderCannotBeMadeLogsIntoThePlatformsLog() throws IOException {
        Files.writeString(logs.resolve("files"), "in the way");
        try (ServiceLog log = tracing.open("files", "app.files")) {
            FILES.info("still heard, not in {}", log.file());
        }
        assertThat(platformLog()).anyMatch(line -> line.contains("WARN") && line.contains("cannot be written"));
        assertThat(platformLog()).anyMatch(line -> line.contains("still heard"));
    }

    @Test
    void aNameThatIsNoFolderNameIsRefused() {
        for (String name : List.of("", "../x", "a/b", "A", "platform", "postgresql", "x".repeat(64))) {
            assertThatThrownBy(() -> tracing.open(name, "x")).hasMessageContaining("cannot name a log folder");
        }
    }

    @Test
    void levelsAreTakenOverAtOnceAndReset() {
        Logger jetty = LoggerFactory.getLogger("org.eclipse.jetty.server.Server");
        MANAGER.debug("not yet");
        jetty.info("noise");
        tracing.configure(new FakeConfig("DEBUG", new String[] {"app.quiet=ERROR"}, "5MB", 5));
        MANAGER.debug("now");
        jetty.info("also now");
        LoggerFactory.getLogger("app.quiet").warn("quiet");
        assertThat(String.join("\n", platformLog()))
                .contains("now", "also now")
                .doesNotContain("yet", "noise", "quiet");
    }

    @Test
    void aConfigurationFileListsLoggersWithCommas() {
        tracing.configure(new FakeConfig("INFO", new String[] {"app.loud = DEBUG, app.quiet=ERROR,"}, "5MB", 5));
        LoggerFactory.getLogger("app.loud").debug("loud");
        LoggerFactory.getLogger("app.quiet").warn("hushed");
        assertThat(String.join("\n", platformLog())).contains("loud").doesNotContain("hushed", "not known");
    }

    @Test
    void aMistakeInTheConfigurationIsNamedAndChangesNothing() {
        tracing.configure(new FakeConfig("LOUD", new String[] {"x=LOUDER", "y"}, "5 parsecs", 0));
        MANAGER.info("works");
        assertThat(String.join("\n", platformLog())).contains("'LOUD'", "'LOUDER'", "5 parsecs", "works");
    }

    @Test
    void aLogIsRolledAtTheConfiguredSize() throws IOException {
        tracing.configure(new FakeConfig("INFO", new String[0], "1MB", 2));
        String message = "x".repeat(50_000);
        for (int i = 0; i < 45; i++) {
            MANAGER.info(message);
        }
        assertThat(Files.size(logs.resolve("platform/platform.1.log"))).isBetween(900_000L, 1L << 20);
        assertThat(Files.size(logs.resolve("platform/platform.log"))).isLessThan(1L << 20);
        assertThat(logs.resolve("platform/platform.2.log")).doesNotExist();
    }

    private List<String> platformLog() {
        return lines(logs.resolve("platform/platform.log"));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError("Cannot read " + file, e);
        }
    }
}
