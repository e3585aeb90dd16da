package platform.core.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.PlatformException;

/** Sinks with a real server behind them that is away now and then, and with a data folder that outlives them. */
class AlarmSinksTest {

    private static final Duration SOON = Duration.ofMillis(5);

    @TempDir
    Path data;

    private final FakeAlarms alarms = new FakeAlarms();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private HttpServer server;
    private AlarmSinksComponent sinks;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (InputStreamReader body = new InputStreamReader(exchange.getRequestBody(), StandardCharsets.UTF_8)) {
                JsonObject json = JsonParser.parseReader(body).getAsJsonObject();
                if (status == 200) {
                    received.add(json.get("type").getAsString() + " "
                            + json.get("details").getAsString().split(" ")[1]);
                }
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        begin();
    }

    private void begin() {
        sinks = new AlarmSinksComponent(data, alarms, SOON);
        sinks.start();
    }

    @AfterEach
    void stop() {
        sinks.close();
        server.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void add() {
        sinks.add(Setups.sink(address()));
    }

    private void raise(String code, AlarmSeverity severity) {
        AlarmInfo alarm = Setups.alarm(code, severity);
        alarms.active.put(alarm.id(), alarm);
        sinks.changed(alarm);
    }

    private void clear(String code) {
        sinks.changed(alarms.active.remove("platform/" + code).clearedAt(Setups.START.plusSeconds(60)));
    }

    private String next() throws InterruptedException {
        return String.valueOf(received.poll(30, TimeUnit.SECONDS));
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(5);
        }
    }

    private int waiting() {
        return sinks.list().get(0).waiting();
    }

    @Test
    void aSinkIsToldWhatIsActiveAndWhatChanges() throws InterruptedException {
        alarms.active.put("platform/old", Setups.alarm("old", AlarmSeverity.MAJOR));
        add();
        assertThat(next()).isEqualTo("alarm platform/old");
        raise("disk-full", AlarmSeverity.MAJOR);
        assertThat(next()).isEqualTo("alarm platform/disk-full");
        clear("disk-full");
        assertThat(next()).isEqualTo("clear platform/disk-full");
    }

    @Test
    void whatIsNotBadEnoughIsNotTold() throws InterruptedException {
        sinks.add(Setups.repeated(address(), AlarmSeverity.MAJOR, Duration.ZERO));
        raise("slow", AlarmSeverity.MINOR);
        clear("slow");
        raise("down", AlarmSeverity.CRITICAL);
        assertThat(next()).isEqualTo("alarm platform/down");
    }

    @Test
    void whileTheServerIsAwayAlarmsWaitAndComeInTheirOrder() throws InterruptedException {
        status = 503;
        add();
        raise("a", AlarmSeverity.MAJOR);
        clear("a");
        raise("b", AlarmSeverity.MAJOR);
        await("three wait", () -> waiting() == 3);
        await("the problem is shown", () -> sinks.list().get(0).problem().contains("HTTP 503"));
        status = 200;
        assertThat(List.of(next(), next(), next()))
                .containsExactly("alarm platform/a", "clear platform/a", "alarm platform/b");
        await(
                "nothing waits",
                () -> waiting() == 0 && sinks.list().get(0).problem().isEmpty());
    }

    @Test
    void whatWaitsOutlivesAKill() throws Exception {
        status = 503;
        add();
        raise("a", AlarmSeverity.MAJOR);
        clear("a");
        raise("b", AlarmSeverity.MAJOR);
        Path queue = data.resolve("alarms/noc.json");
        await("it is on the disk", () -> content(queue).contains("\"b\""));
        AlarmSinksComponent killed = sinks;
        // While nothing ran, one alarm has ended and another one has begun.
        alarms.active.remove("platform/b");
        alarms.active.put("platform/c", Setups.alarm("c", AlarmSeverity.MAJOR));
        begin();
        killed.close();
        status = 200;
        assertThat(List.of(next(), next(), next(), next(), next()))
                .containsExactly(
                        "alarm platform/a",
                        "clear platform/a",
                        "alarm platform/b",
                        "clear platform/b",
                        "alarm platform/c");
    }

    private static String content(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aQueueThatIsDamagedIsBegunAnew() throws Exception {
        add();
        sinks.close();
        Files.writeString(data.resolve("alarms/noc.json"), "{\"waiting\": [");
        alarms.active.put("platform/a", Setups.alarm("a", AlarmSeverity.MAJOR));
        begin();
        assertThat(next()).isEqualTo("alarm platform/a");
    }

    @Test
    void activeAlarmsAreRepeated() throws InterruptedException {
        sinks.add(Setups.repeated(address(), AlarmSeverity.WARNING, Duration.ofMillis(50)));
        raise("a", AlarmSeverity.MAJOR);
        assertThat(List.of(next(), next(), next())).containsOnly("alarm platform/a");
    }

    @Test
    void aQueueIsBounded() {
        SinkQueue queue = new SinkQueue(data.resolve("queue.json"), AlarmSeverity.WARNING);
        for (int i = 0; i < SinkQueue.MOST + 3; i++) {
            queue.changed(Setups.alarm("a" + i, AlarmSeverity.MAJOR));
        }
        assertThat(queue.size()).isEqualTo(SinkQueue.MOST);
        assertThat(queue.next(1)).extracting(AlarmEvent::code).containsExactly("a3");
    }

    @Test
    void aRepeatDoesNotPileUp() {
        SinkQueue queue = new SinkQueue(data.resolve("queue.json"), AlarmSeverity.WARNING);
        List<AlarmInfo> active = List.of(Setups.alarm("a", AlarmSeverity.MAJOR));
        queue.repeat(active);
        queue.repeat(active);
        assertThat(queue.size()).isEqualTo(1);
        queue.done(queue.next(1));
        queue.repeat(active);
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void aTestSaysWhatTheServerAnswered() {
        add();
        assertThat(sinks.test("noc")).isEqualTo("HTTP 200");
        status = 401;
        assertThatThrownBy(() -> sinks.test("noc")).hasMessageContaining("Check user and password");
        assertThatThrownBy(() -> sinks.test("nobody"))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("There is no alarm sink 'nobody'");
    }

    @Test
    void aSinkIsKeptForItsOwnerOnlyAndForgottenWhole() throws Exception {
        sinks.add(Setups.sink("http://me@127.0.0.1:1/", Optional.of("secret"), Optional.empty()));
        Path kept = data.resolve("secrets/alarm-sinks/noc.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        sinks.close();
        begin();
        assertThat(sinks.list()).singleElement().satisfies(it -> {
            assertThat(it.hasSecret()).isTrue();
            assertThat(it.toString()).doesNotContain("=secret");
        });
        raise("a", AlarmSeverity.MAJOR);
        await("it waits on the disk", () -> Files.exists(data.resolve("alarms/noc.json")));
        sinks.remove("noc");
        assertThat(kept).doesNotExist();
        assertThat(data.resolve("alarms/noc.json")).doesNotExist();
        assertThatThrownBy(() -> sinks.remove("noc")).hasMessageContaining("There is no alarm sink");
    }
}
