package platform.core.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {

    private Commands commands;

    @BeforeEach
    void open() throws Exception {
        commands = new Commands();
    }

    @AfterEach
    void close() {
        commands.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jump | does not know 'jump'",
                "open sockets=1 | needs uri=",
                "open sockets=1 uri=http://127.0.0.1:1/ | ws://HOST:PORT/PATH",
                "open sockets=1 uri=ws://192.0.2.1:1/ | this machine only",
                "open sockets=1.5 uri=ws://127.0.0.1:1/ | whole number",
                "open sockets=-1 uri=ws://127.0.0.1:1/ | not below 0",
                "open sockets=x uri=ws://127.0.0.1:1/ | is a number",
                "echo bytes=1 | from 16 to 65536",
                "echo bytes | write KEY=VALUE",
                "count bytes=1 | takes no argument 'bytes'"
            })
    void refusesWhatItDoesNotUnderstandInASentence(String line, String sentence) throws Exception {
        assertThat(commands.perform(line)).startsWith("error ").contains(sentence);
    }

    @Test
    void nothingIsOpenAtFirst() throws Exception {
        assertThat(commands.perform("count")).isEqualTo("ok open=0 closed=0 codes=-");
        assertThat(commands.perform("await-closed")).startsWith("ok open=0");
        assertThat(commands.perform("echo")).startsWith("ok sockets=0 verified=0 wrong=0 missing=0");
    }

    @Test
    void saysWhyNothingCouldBeOpened() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        Answer answer = Answer.parse(commands.perform("open sockets=3 uri=ws://127.0.0.1:" + port + "/"));

        assertThat(answer.number("opened")).isZero();
        assertThat(answer.number("failed")).isEqualTo(3);
        assertThat(answer.text("failure")).containsIgnoringCase("refused");
    }

    @Test
    void doesNotWaitLongerThanTold() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String uri = "ws://127.0.0.1:" + silent.getLocalPort() + "/";

            Answer answer = Answer.parse(commands.perform("open sockets=1 seconds=0.2 uri=" + uri));

            assertThat(answer.number("opened")).isZero();
            assertThat(answer.text("failure")).isEqualTo("the_time_was_up");
        }
    }
}
