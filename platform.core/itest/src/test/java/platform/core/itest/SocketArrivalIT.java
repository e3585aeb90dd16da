package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a handshake arrives and who sends it (RFC 6455 4.2.2, 10.2): in which segments, with what behind it, from where. */
@SocketConformance
final class SocketArrivalIT {

    private static final RawFrame HELLO = RawFrame.text("Hello");

    private final SocketEcho echo;

    SocketArrivalIT(SocketEcho echo) {
        this.echo = echo;
    }

    private static void mustHaveOpened(RawAnswer answer) {
        answer.mustBe(101).mustHave(RawAnswer.ACCEPT, RawRequest.SAMPLE_ACCEPT);
    }

    @Test
    void aPageOfTheSameHostMayOpen() {
        mustHaveOpened(
                echo.answer(echo.request().with("Origin", "http://" + echo.uri().getAuthority())));
    }

    static Stream<String> foreignOrigins() {
        return Stream.of("http://example.net", "https://example.net:8443", "http://127.0.0.1.example.net", "null", "x");
    }

    @ParameterizedTest(name = "a page of {0} may not open")
    @MethodSource("foreignOrigins")
    void aPageOfAnotherHostMayNotOpen(String origin) {
        echo.answer(echo.request().with("Origin", origin)).mustBe(403).mustBeRefused();
    }

    @Test
    void aPageWhoseHostOnlyBeginsLikeOursMayNotOpen() {
        String origin = "http://" + echo.uri().getAuthority() + ".example.net";

        echo.answer(echo.request().with("Origin", origin)).mustBe(403).mustBeRefused();
    }

    @Test
    void aRequestMayArriveByteByByte() {
        try (RawSocket socket = echo.connect()) {
            mustHaveOpened(socket.sendInChops(1, echo.request().bytes()).answer());
            socket.mustEcho(HELLO);
        }
    }

    @Test
    void framesMayArriveInOneSegmentWithTheRequest() {
        RawFrame ping = RawFrame.ping("p");
        byte[] frames = RawFrame.concat(
                HELLO.bytes(), ping.bytes(), RawFrame.close(1000, "").bytes());
        try (RawSocket socket = echo.connect()) {
            mustHaveOpened(socket.send(echo.request().bytes(), frames).answer());
            List<RawFrame> answers = socket.rest();

            assertThat(answers.stream().map(RawFrame::toString))
                    .containsExactlyInAnyOrder(
                            HELLO.toString(),
                            RawFrame.pong("p").toString(),
                            RawFrame.close(1000, "").toString());
            assertThat(answers.get(2).first()).isEqualTo(RawFrame.FIN | RawFrame.CLOSE);
        }
    }

    @Test
    void aLargeMessageMayBeginInTheSegmentOfTheRequest() {
        RawFrame large = RawFrame.text("x".repeat(100_000));
        try (RawSocket socket = echo.connect()) {
            mustHaveOpened(socket.send(echo.request().bytes(), large.bytes()).answer());
            socket.mustReceive(large);
        }
    }

    @ParameterizedTest(name = "{0} bytes of a frame may arrive with the request, the others later")
    @ValueSource(ints = {1, 2, 5, 6, 8})
    void aFrameMayBeginInTheSegmentOfTheRequest(int size) {
        byte[] frame = HELLO.bytes();
        byte[] begin = Arrays.copyOf(frame, size);
        try (RawSocket socket = echo.connect()) {
            mustHaveOpened(socket.send(echo.request().bytes(), begin).answer());
            socket.send(Arrays.copyOfRange(frame, size, frame.length)).mustReceive(HELLO);
        }
    }

    @Test
    void aWrongFrameInTheSegmentOfTheRequestIsAnsweredWithAClose() {
        try (RawSocket socket = echo.connect()) {
            mustHaveOpened(socket.send(echo.request().bytes(), HELLO.unmasked()).answer());
            socket.mustClose(1002);
        }
    }

    @Test
    void bytesThatAreNoRequestOpenNothing() {
        try (RawSocket socket = echo.connect()) {
            socket.send("\u0001\u0002 GET\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1))
                    .answer()
                    .mustBe(400)
                    .mustBeRefused();
        }
    }
}
