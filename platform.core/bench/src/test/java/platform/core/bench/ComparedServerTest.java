package platform.core.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import platform.core.bench.load.Commands;

/** Each server that ours is compared with, as a process, with the load client in this one. */
class ComparedServerTest {

    private static final Workspace WORKSPACE = new Workspace();

    private final Jvm jvm =
            Jvms.ofThisMachine().get(new JvmName(Runtime.version().feature(), Collector.SERIAL));
    private Commands commands;

    @BeforeEach
    void open() throws Exception {
        commands = new Commands();
    }

    @AfterEach
    void close() {
        commands.close();
    }

    @AfterAll
    static void remove() {
        WORKSPACE.close();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PLATFORM", "JETTY_FILES"})
    void echoesAndBroadcastsWithTlsAndCompressionAndWithout(ServerKind kind) throws Exception {
        try (Server server = new ComparedServerProcess(kind, jvm, true, WORKSPACE)) {
            mustEcho(server.echo(true), true);
            mustEcho(server.echo(false), false);
            mustAnswer("open sockets=20 uri=" + server.broadcast(), "opened=20 failed=0");
            awaitBroadcast();
            mustAnswer("broadcast times=2", "broadcasts=2 sockets=20");
        }
        mustAnswer("await-closed seconds=10", "ok open=0 closed=40 ");
    }

    private void mustEcho(URI uri, boolean deflate) throws Exception {
        mustAnswer("open sockets=20 deflate=" + deflate + " uri=" + uri, "opened=20 failed=0");
        mustAnswer("echo bytes=64", "sockets=20 verified=20 wrong=0 missing=0");
        mustAnswer("echo bytes=1024", "sockets=20 verified=20 wrong=0 missing=0");
        mustAnswer("echo bytes=60000 binary=true", "sockets=20 verified=20 wrong=0 missing=0");
        if (deflate) {
            mustAnswer("close code=1000", "ok open=0 closed=20 codes=1000:20");
        } else {
            mustAnswer("drop", "ok open=0 closed=20 codes=1000:20");
        }
    }

    /** A server may list a socket a little after it has answered its upgrade, and leaves it out until then. */
    private void awaitBroadcast() throws Exception {
        int attempts = 5;
        while (attempts > 0 && !commands.perform("broadcast seconds=2").contains("broadcasts=1")) {
            attempts--;
        }
    }

    private void mustAnswer(String command, String part) throws Exception {
        assertThat(commands.perform(command)).as(command).contains(part);
    }
}
