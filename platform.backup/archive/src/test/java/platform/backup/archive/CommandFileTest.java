package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.CommandFileReport;
import platform.backup.api.CommandFileStep;
import platform.backup.api.CommandFileStep.Status;

@Timeout(30)
class CommandFileTest {

    private static final Instant STARTED = Instant.parse("2026-11-01T00:00:00Z");
    private static final String ALARM = "backup/backup-failed:command-file";

    @TempDir
    Path data;

    private final TestClock clock = new TestClock("2026-11-27T17:01:30Z");
    private final ListedInstances instances = new ListedInstances()
            .with("reporting1@example.com", "files")
            .with("self@example.com", "files", Map.of("backup.exclude", "true"));
    private final FakeRunner runner = new FakeRunner();
    private final ListedAlarms alarms = new ListedAlarms();
    private final CountDownLatch over = new CountDownLatch(1);
    private ExecutorService threads;
    private HttpServer server;
    private volatile String served = "";
    private volatile String authorization = "";
    private KeptCommandFile file;

    @BeforeEach
    void start() throws IOException {
        threads = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/file", this::file);
        server.createContext("/to", exchange -> {
            Optional.ofNullable(exchange.getRequestURI().getQuery())
                    .filter(it -> !it.isEmpty())
                    .ifPresent(it -> exchange.getResponseHeaders().set("Location", it));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/loop", exchange -> {
            exchange.getResponseHeaders().set("Location", "/loop");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        server.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('#');
            exchange.getResponseBody().flush();
            await();
            exchange.close();
        });
        server.start();
        startPlatform();
    }

    private void file(HttpExchange exchange) throws IOException {
        authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = served.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(served.equals("none") ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final Function<String, BackupProgress> NOBODY = instance -> BackupProgress.NONE;

    private void startPlatform() {
        CommandFileState state = new CommandFileState(data.resolve("state/command-file.properties"));
        PlatformFacts facts = new PlatformFacts("0.1.0", "00ab11eeff00", STARTED, app -> "13/4");
        file = new KeptCommandFile(
                new CommandFileFetcher(Duration.ofSeconds(2)),
                (zone, dryRun, ended, underWay) -> new CommandFileRun(
                        new Selection(instances, Map::of),
                        facts,
                        Optional.of(runner),
                        state,
                        clock,
                        zone,
                        dryRun,
                        ended,
                        underWay),
                state,
                new BackupGate(() -> false, new SameThread()),
                alarms,
                data.resolve("etc"),
                clock);
        file.take(new KeptCommandFile.Setting(Optional.empty(), Duration.ofMinutes(15), ZoneId.of("Europe/Berlin")));
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private List<String> run(String... lines) {
        served = String.join("\r\n", lines);
        CommandFileReport report = file.run(url("/file"), false, step -> {}, NOBODY);
        return report.steps().stream().map(it -> it.line() + " " + it.status()).toList();
    }

    @Test
    void everyInstanceThatIsNotExcludedIsPutAndTheManager() {
        assertThat(run("# backups", "mod cmd UP0 scfg http://10.0.0.1/#L/#A/#D/#I-#m-#d-##?x=#b5"))
                .containsExactly("2 DONE", "2 DONE");
        assertThat(runner.made)
                .containsExactly(
                        "reporting1@example.com http://10.0.0.1/0.1.0/13%2F4/example.com/"
                                + "reporting1-00ab11eeff00-20261127-170130-%23?x=0",
                        "manager http://10.0.0.1/0.1.0/0.1.0/manager/manager-00ab11eeff00-20261127-170130-%23?x=0");
    }

    @Test
    void aDryRunSaysWhatItWouldDoAndDoesNothing() {
        served = "mod cmd UP1 check ser 7\nmod cmd UP0 scfg http://u:secret@10.0.0.1/#I-#b3\nmod cmd UP1 reset";
        List<CommandFileStep> told = new ArrayList<>();
        CommandFileReport report = file.run(url("/file"), true, told::add, NOBODY);
        assertThat(report.steps()).isEqualTo(told);
        assertThat(told)
                .containsExactly(
                        new CommandFileStep(1, "mod cmd UP1 check ser 7", Status.PASSED, ""),
                        new CommandFileStep(
                                2, "reporting1@example.com to http://10.0.0.1/reporting1-0", Status.WOULD, ""),
                        new CommandFileStep(2, "manager to http://10.0.0.1/manager-0", Status.WOULD, ""),
                        new CommandFileStep(
                                3, "mod cmd UP1 reset", Status.UNKNOWN, "It is no command that is known here."));
        assertThat(runner.made).isEmpty();
        assertThat(data.resolve("state")).doesNotExist();
    }

    @Test
    void theIndexRollsFromZeroAlsoOverARestart() {
        for (int i = 0; i < 4; i++) {
            run("mod cmd UP0 scfg http://10.0.0.1/#I-#b3");
            startPlatform();
        }
        assertThat(runner.made.stream().filter(it -> it.startsWith("reporting1")))
                .extracting(it -> it.substring(it.length() - 1))
                .containsExactly("0", "1", "2", "0");
    }

    @Test
    void outsideTheHoursTheRestIsSkipped() {
        String put = "mod cmd UP0 scfg http://10.0.0.1/#I";
        assertThat(run(put, "mod cmd UP1 times /allow 17,19", put, "nonsense", "mod cmd UP1 times"))
                .as("it is 18 o'clock in Berlin")
                .containsExactly("1 DONE", "1 DONE", "2 SKIPPED", "3 SKIPPED", "4 UNKNOWN", "5 SKIPPED");
        assertThat(run("mod cmd UP1 times /allow 17,18", "mod cmd UP1 times", put))
                .containsExactly("1 PASSED", "2 PASSED", "3 DONE", "3 DONE");
    }

    @Test
    void inTheFirstMinutesNothingIsDoneAndThenTheFirstTimeTheHoursDoNotMatter() {
        String times = "mod cmd UP1 times /allow 3 /initial 6";
        clock.set("2026-11-01T00:05:59Z");
        assertThat(run(times)).containsExactly("1 SKIPPED");
        clock.set("2026-11-01T00:06:00Z");
        assertThat(run(times)).containsExactly("1 PASSED");
        served = times;
        file.set(url("/file"), Duration.ofMinutes(15));
        file.tick();
        assertThat(run(times)).as("it has run a command file now").containsExactly("1 SKIPPED");
        assertThat(run("mod cmd UP1 times /initial 6")).containsExactly("1 PASSED");
    }

    @Test
    void whatWasHandledIsSkippedAndWhatFailedIsNotHandled() {
        String[] lines = {"mod cmd UP1 check ireset 20261127", "mod cmd UP0 scfg http://10.0.0.1/#I"};
        runner.work = (instance, target, name) -> {
            throw new BackupException("It is full.");
        };
        assertThat(run(lines)).containsExactly("1 PASSED", "2 FAILED", "2 FAILED");
        runner.work = (instance, target, name) -> FakeRunner.complete(1);
        assertThat(run(lines)).containsExactly("1 PASSED", "2 DONE", "2 DONE");
        startPlatform();
        assertThat(run(lines)).containsExactly("1 SKIPPED", "2 SKIPPED");
        assertThat(run("mod cmd UP1 check ireset 2")).containsExactly("1 PASSED");
    }

    @Test
    void oneAddressForSeveralInstancesIsRefused() {
        instances.with("other@example.com", "files");
        assertThat(run("mod cmd UP0 scfg http://10.0.0.1/backup-#d")).containsExactly("1 FAILED");
        assertThat(runner.made).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mod cmd UP1 times /allow 24",
                "mod cmd UP1 times /allow 1,,2",
                "mod cmd UP1 times /allow",
                "mod cmd UP1 times /initial x",
                "mod cmd UP1 times /deny 1",
                "mod cmd UP1 check ser",
                "mod cmd UP1 check ser 1 2",
                "mod cmd UP0 scfg",
                "mod cmd UP0 scfg file:///etc/passwd",
                "mod cmd UP0 scfg ftp://10.0.0.1/#I",
                "mod cmd UP0 scfg http://10.0.0.1/#x",
                "mod cmd UP0 scfg http://10.0.0.1/#b",
                "mod cmd UP0 scfg http://10.0.0.1/#b0",
                "mod cmd UP0 scfg http://10.0.0.1/#b99999999999",
                "mod cmd UP0 scfg http://10.0.0.1/#",
                "mod cmd UP0 scfg http://10.0.0.1/#I ; reboot",
                "mod cmd UP1 scfg http://10.0.0.1/#I",
                "MOD CMD UP0 SCFG http://10.0.0.1/#I",
                "$(reboot)"
            })
    void whatIsNotUnderstoodIsSaidByItsNumberAndLeftOut(String line) {
        assertThat(run("", line, "mod cmd UP1 times")).containsExactly("2 UNKNOWN", "3 PASSED");
    }

    @Test
    void thereIsNoTextThatIsNotRead() {
        String[] parts = {
            "mod",
            "cmd",
            "UP0",
            "UP1",
            "scfg",
            "times",
            "check",
            "/allow",
            "/initial",
            "http://",
            "https://u:p@h/",
            "#I",
            "#b5",
            "##",
            "#",
            "1,2",
            "99",
            " ",
            "\t",
            "\n",
            "\r\n",
            "\u0000",
            "\u001b[2J",
            "\uFEFF",
            "\uD83D",
            "é",
            "$(x)",
            "%"
        };
        Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "mod cmd UP" + random.nextInt(3) + " " : "");
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(parts[random.nextInt(parts.length)]).append(random.nextInt(3) == 0 ? "" : " ");
            }
            List<CommandFileLine> lines = CommandFileParser.parse(text.toString());
            assertThat(lines).allSatisfy(line -> {
                assertThat(line.text())
                        .doesNotContain("\u001b", "\u0000", "u:p@")
                        .hasSizeLessThanOrEqualTo(201);
                if (line instanceof CommandFileLine.Put put) {
                    assertThat(HashParameters.expand(put.url(), VALUES, IntUnaryOperator.identity()))
                            .doesNotContain("#");
                }
            });
        }
    }

    private static final Map<String, String> VALUES =
            Map.of("L", "#I", "A", "a b/../c?d#e&f=%", "I", "ä\r\nX: y", "D", "d", "m", "m", "d", "t");

    @Test
    void aValueStaysAValueWhereverItStands() {
        String url = HashParameters.expand("http://h/#L/#A?q=#I", VALUES, IntUnaryOperator.identity());
        assertThat(url).isEqualTo("http://h/%23I/a%20b%2F..%2Fc%3Fd%23e%26f%3D%25?q=%C3%A4%0D%0AX%3A%20y");
        assertThat(URI.create(url).getPath()).isEqualTo("/#I/a b/../c?d#e&f=%");
    }

    @Test
    void itIsFetchedAtItsIntervalAndWhatGoesWrongIsAnAlarm() {
        served = "none";
        file.set(url("/file"), Duration.ofMinutes(15));
        file.tick();
        assertThat(alarms.text(ALARM)).contains("/file was not run: the server answers 404");
        served = "mod cmd UP0 scfg http://10.0.0.1/#I\nwhat";
        file.tick();
        assertThat(runner.made).as("not yet").isEmpty();
        startPlatform();
        file.take(new KeptCommandFile.Setting(Optional.of(url("/file")), Duration.ofMinutes(15), ZoneId.of("UTC")));
        assertThat(file.status().next()).contains(clock.now.plus(Duration.ofMinutes(15)));
        clock.pass(Duration.ofMinutes(15));
        file.tick();
        assertThat(runner.made).hasSize(2);
        assertThat(alarms.active).isEmpty();
        assertThat(file.status().problem()).isEqualTo("Line 2, what: It is no command that is known here.");
        file.off();
        clock.pass(Duration.ofMinutes(15));
        file.tick();
        assertThat(runner.made).hasSize(2);
        assertThat(data.resolve("etc/platform.backup.CommandFile.cfg"))
                .content()
                .startsWith("url = \n");
    }

    @Test
    void thePasswordInTheAddressGoesToItsServerOnlyAndIsNeverShown() {
        URI secret =
                URI.create("http://joe:p%40ss@127.0.0.1:" + server.getAddress().getPort() + "/file");
        served = "";
        assertThat(file.run(secret, true, step -> {}, NOBODY).url())
                .isEqualTo(url("/file").toString());
        assertThat(authorization)
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("joe:p@ss".getBytes(StandardCharsets.UTF_8)));
        URI elsewhere = URI.create(secret.toString()
                .replace("/file", "/to?" + url("/file").toString().replace("127.0.0.1", "localhost")));
        file.run(elsewhere, true, step -> {}, NOBODY);
        assertThat(authorization).isEqualTo("null");
        assertThat(file.set(secret, Duration.ofHours(1)).url())
                .contains(url("/file").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "/to?file:///etc/passwd, is not allowed",
        "/to?ftp://127.0.0.1/x, is not allowed",
        "/to?, redirected to nowhere",
        "/to?/loop, more than 5 times",
        "/to?http://[, no address",
        "/slow, takes longer than 2 s",
        "/none, the server answers 404"
    })
    void whatIsNotAFileByHttpIsRefused(String path, String reason) {
        assertThatThrownBy(() -> file.run(URI.create(url("") + path.replace("[", "%5B")), false, step -> {}, NOBODY))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "jar:file:/x!/y", "/file", "http:///x", "mailto:x@y"})
    void otherAddressesAreRefusedAtOnce(String address) {
        assertThatThrownBy(() -> file.set(URI.create(address), Duration.ofHours(1)))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("Give one that begins with http:// or https://");
        assertThatThrownBy(() -> file.set(url("/file"), Duration.ofSeconds(59)))
                .hasMessageContaining("from 1m to 365d");
    }

    @Test
    void aRedirectWithinHttpIsFollowedAndALongFileIsRefused() {
        served = "mod cmd UP1 times";
        assertThat(file.run(url("/to?/file"), true, step -> {}, NOBODY).steps()).hasSize(1);
        served = "#".repeat(CommandFileFetcher.MOST_BYTES);
        assertThat(file.run(url("/file"), true, step -> {}, NOBODY).steps()).isEmpty();
        served = served + "#";
        assertThatThrownBy(() -> file.run(url("/file"), true, step -> {}, NOBODY))
                .hasMessageContaining("more than 262144 bytes");
    }
}
