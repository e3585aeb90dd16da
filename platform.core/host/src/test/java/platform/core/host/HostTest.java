package platform.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.api.Health;
import platform.core.child.ChildLostException;
import platform.core.child.ConnectionMessage;
import platform.core.child.HostCalls;
import platform.core.child.LocalSocket;
import platform.core.child.RelayServlet;
import platform.core.child.Route;
import platform.core.child.SocketRelay;

/** A real process with app.hello in it. */
class HostTest {

    private static final long PATIENCE = 30;

    @TempDir
    Path temporary;

    private TestChild child;

    @BeforeEach
    void start() throws Exception {
        child = new TestChild(Files.createDirectory(temporary.resolve("hello")));
    }

    @AfterEach
    void end() {
        child.close();
    }

    @Test
    void anAppRunsInItWithItsPagesItsLogAndItsWebSockets() throws Exception {
        child.open();
        child.start();

        assertThat(child.routes).extracting(Route::pattern).contains("/", "/echo", "/hello", "/who", "/visits");
        assertThat(child.process.<Health>call(host -> host.health(TestChild.ID)).status())
                .isEqualTo(Health.Status.UP);
        assertThat(child.process.<Boolean>call(host -> host.reconfigure(child.setup(Map.of("a", "b")))))
                .isFalse();
        assertThat(child.lines.poll(PATIENCE, TimeUnit.SECONDS).text()).isNotEmpty();
        assertThat(get("/example.com/acme/index.html"))
                .startsWith("HTTP/1.1 200")
                .contains("<html");

        FakeSession session = new FakeSession();
        try (SocketRelay relay = SocketRelay.connect(TestChild.ID, child.folder.sockets())) {
            var listener = relay.listeners(child.route("/echo").number()).listenerFor(session);
            listener.onText(session, "hello");
            assertThat(session.sent.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("hello");
            listener.onBinary(session, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertThat(session.sent.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("3 bytes");

            child.process.call(host -> host.close(TestChild.ID));
            assertThatThrownBy(() -> child.process.call(host -> host.health(TestChild.ID)))
                    .hasMessageContaining("does not run");
        }
    }

    @Test
    void itLogsInDetailByTheLoggersThatItIsTold() throws Exception {
        child.process.tell(host -> host.trace(Set.of("platform.core.host")));
        child.process.call(HostCalls::ping);
        assertThatThrownBy(() -> child.process.call(host -> host.health("nobody@example.com")))
                .hasMessageContaining("does not run");
        assertThat(child.lines.poll(PATIENCE, TimeUnit.SECONDS)).satisfies(line -> {
            assertThat(line.level()).isEqualTo("DEBUG");
            assertThat(line.text()).isEqualTo("A call failed");
        });
    }

    /** There is no database here: a connection that cannot be made after all counts no longer. */
    @Test
    void aConnectionToTheDatabaseIsAskedForAndGivenBack() throws Exception {
        child.open();
        child.start();

        CompletableFuture<String> page = CompletableFuture.supplyAsync(this::visits);

        assertThat(child.acquired.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(TestChild.ID);
        assertThat(child.released).isEmpty();
        child.granted.complete(null);
        assertThat(child.released.poll(PATIENCE, TimeUnit.SECONDS))
                .isEqualTo(new ConnectionMessage(TestChild.ID, HostedShare.NO_BACKEND));
        child.process.tell(host -> host.evictConnections(TestChild.ID));
        assertThat(page.get(PATIENCE, TimeUnit.SECONDS)).contains("HTTP/1.1 500");
    }

    private String visits() {
        try {
            return get("/example.com/acme/visits");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRehearsalLoadsWhatAppsUse() throws Exception {
        child.process.call(host -> host.rehearse(child.service()));
        child.start();

        assertThat(get("/example.com/acme/")).contains("HTTP/1.1 200").contains("A rehearsal");
    }

    @Test
    void aProcessThatIsStoppedCanBeKilled() throws Exception {
        child.open();
        new ProcessBuilder("kill", "-STOP", Long.toString(child.process.pid()))
                .start()
                .waitFor();

        child.process.kill();

        assertThat(child.lost.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("Its process was killed by signal 9.");
    }

    @Test
    void aProcessThatIsKilledFailsItsCallsAndSaysWhy() throws Exception {
        child.open();
        ProcessHandle.of(child.process.pid()).orElseThrow().destroyForcibly();

        assertThat(child.lost.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("Its process was killed by signal 9.");
        assertThatThrownBy(() -> child.process.call(HostCalls::ping)).isInstanceOf(ChildLostException.class);
    }

    @Test
    void aProcessEndsWithItsInput() throws Exception {
        child.process.call(HostCalls::ping);
        ProcessHandle process = ProcessHandle.of(child.process.pid()).orElseThrow();

        child.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(child.lost).isEmpty();
    }

    private String get(String path) throws Exception {
        try (LocalSocket socket = LocalSocket.connect(child.folder.requests())) {
            socket.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + RelayServlet.CLIENT + ": 127.0.0.1\r\n" + RelayServlet.SCHEME + ": https\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1)));
            StringBuilder answer = new StringBuilder();
            BufferedReader reader = new BufferedReader(new InputStreamReader(socket.input(), StandardCharsets.UTF_8));
            reader.lines().forEach(line -> answer.append(line).append('\n'));
            return answer.toString();
        }
    }
}
