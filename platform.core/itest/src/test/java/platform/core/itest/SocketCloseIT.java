package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static platform.core.itest.RawFrame.close;
import static platform.core.itest.RawFrame.hex;
import static platform.core.itest.SocketCase.fails;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The closing handshake that a client begins (RFC 6455 5.5.1, 7). */
@SocketConformance
final class SocketCloseIT {

    private static final RawFrame HELLO = RawFrame.text("Hello");
    private static final RawFrame EMPTY = new RawFrame(RawFrame.FIN | RawFrame.CLOSE, new byte[0]);
    private static final byte[] NORMAL = close(1000, "").bytes();

    private final SocketEcho echo;

    SocketCloseIT(SocketEcho echo) {
        this.echo = echo;
    }

    private static SocketCase answers(String sentence, int code, byte[]... sent) {
        return new SocketCase(sentence, socket -> socket.send(sent).mustClose(code));
    }

    static Stream<SocketCase> codes() {
        IntStream valid = IntStream.of(
                1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001, 3999, 4000, 4001,
                4999);
        IntStream invalid = IntStream.of(
                0, 1, 500, 999, 1004, 1005, 1006, 1015, 1016, 1099, 1100, 1999, 2000, 2999, 5000, 32_768, 65_535);
        return Stream.concat(
                valid.mapToObj(code -> answers(
                        code + " is answered with the same",
                        code,
                        close(code, "").bytes())),
                invalid.boxed()
                        .flatMap(code -> Stream.of(
                                fails(
                                        code + " may not be sent",
                                        1002,
                                        close(code, "").bytes()),
                                fails(
                                        code + " may not be sent with a reason either",
                                        1002,
                                        close(code, "bye").bytes()))));
    }

    static Stream<SocketCase> payloads() {
        return Stream.of(
                new SocketCase("a close without a code is answered with none or with 1000", socket -> {
                    RawFrame answer = socket.send(EMPTY).receive();
                    assertThat(answer.first()).isEqualTo(RawFrame.FIN | RawFrame.CLOSE);
                    assertThat(answer.code()).isIn(-1, 1000);
                    assertThat(answer.payload().length).isIn(0, 2);
                    socket.mustEnd();
                }),
                fails("half a code fails", 1002, new RawFrame(EMPTY.first(), new byte[] {3}).bytes()),
                fails(
                        "a close of 126 bytes fails",
                        1002,
                        close(1000, "x".repeat(124)).bytes()),
                answers("a reason is allowed", 1000, close(1000, "bye").bytes()),
                answers(
                        "a reason of 123 bytes is allowed",
                        1000,
                        close(1000, "x".repeat(123)).bytes()),
                answers(
                        "a reason beyond ASCII is allowed",
                        4711,
                        close(4711, "Grüße, 日本, 😀").bytes()),
                answers(
                        "a reason of 122 bytes in 61 letters is allowed",
                        1000,
                        close(1000, "ü".repeat(61)).bytes()));
    }

    static Stream<SocketCase> reasons() {
        return Stream.of(
                        "ff",
                        "80",
                        "c3",
                        "62 79 65 c3",
                        "c0 af",
                        "e0 80 af",
                        "ed a0 80",
                        "f4 90 80 80",
                        "f5 80 80 80",
                        "ce ba e1 bd b9 cf 83 ce bc ce b5 ed a0 80 65 64 69 74 65 64")
                .map(reason -> fails(
                        "a reason of " + reason + " is no UTF-8 and fails",
                        1007,
                        close(1000, hex(reason)).bytes()));
    }

    static Stream<SocketCase> after() {
        return Stream.of(
                answers("a message after a close is ignored", 1000, NORMAL, HELLO.bytes()),
                answers(
                        "a ping after a close is ignored",
                        1000,
                        NORMAL,
                        RawFrame.ping("p").bytes()),
                answers(
                        "a second close is ignored",
                        1000,
                        NORMAL,
                        close(1001, "").bytes()),
                answers("a wrong frame after a close is ignored", 1000, NORMAL, HELLO.unmasked()),
                answers(
                        "a wrong code after a close is ignored",
                        1000,
                        NORMAL,
                        close(1005, "").bytes()),
                answers("bytes that are no frames are ignored after a close", 1000, NORMAL, new byte[100_000]),
                answers("half a frame after a close is ignored", 1000, NORMAL, hex("8185")),
                new SocketCase(
                        "the end of the client's output after its close changes nothing",
                        socket -> socket.send(NORMAL).endOutput().mustClose(1000)));
    }

    static Stream<SocketCase> during() {
        return Stream.of(
                answers("a close may be the first frame", 1001, close(1001, "").bytes()),
                answers(
                        "a close within a message is answered",
                        1000,
                        HELLO.unfinished().bytes(),
                        NORMAL),
                answers(
                        "a close within half a letter is answered",
                        1000,
                        RawFrame.text(hex("c3")).unfinished().bytes(),
                        NORMAL),
                new SocketCase(
                        "a close may arrive byte by byte",
                        socket -> socket.sendInChops(1, close(1000, "bye").bytes())
                                .mustClose(1000)),
                new SocketCase(
                        "a close after a message is answered after it",
                        socket -> socket.mustEcho(HELLO).send(NORMAL).mustClose(1000)),
                new SocketCase("a close in the segment of messages is answered after them", SocketCloseIT::afterThem),
                new SocketCase("a close after a large message is answered after it", socket -> {
                    RawFrame large = RawFrame.binary(new byte[1 << 20]);
                    socket.send(large).send(NORMAL).mustReceive(large).mustClose(1000);
                }));
    }

    private static void afterThem(RawSocket socket) {
        socket.send(HELLO.bytes(), RawFrame.ping("p").bytes(), HELLO.bytes(), NORMAL);
        List<RawFrame> frames = socket.rest();

        assertThat(frames).hasSize(4);
        assertThat(frames.subList(0, 3).stream().map(RawFrame::toString))
                .containsExactlyInAnyOrder(HELLO.toString(), RawFrame.pong("p").toString(), HELLO.toString());
        assertThat(frames.get(3).first()).isEqualTo(EMPTY.first());
        assertThat(frames.get(3).code()).isEqualTo(1000);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"codes", "payloads", "reasons", "after", "during"})
    void closing(SocketCase conforming) {
        conforming.on(echo.open());
    }
}
