package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static platform.core.itest.RawFrame.RSV1;
import static platform.core.itest.RawFrame.RSV2;
import static platform.core.itest.RawFrame.RSV3;
import static platform.core.itest.RawFrame.hex;
import static platform.core.itest.RawFrame.last;
import static platform.core.itest.RawFrame.text;
import static platform.core.itest.SocketCase.fails;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a socket with permessage-deflate must not take, and what its answers are like (RFC 7692 6 and 7.2, 8). */
@SocketConformance
final class SocketDeflateFailureIT {

    private static final int LIMIT = 1 << 20;
    private static final RawFrame DEFLATED_HELLO =
            text(hex("f2 48 cd c9 c9 07 00")).with(RSV1);

    private final SocketEcho echo;

    SocketDeflateFailureIT(SocketEcho echo) {
        this.echo = echo;
    }

    private static RawFrame deflatedText(byte[] message) {
        return text(RawDeflate.deflate(message)).with(RSV1);
    }

    private static RawFrame deflatedBinary(byte[] message) {
        return RawFrame.binary(RawDeflate.deflate(message)).with(RSV1);
    }

    static Stream<SocketCase> garbage() {
        return Stream.of(
                        "06",
                        "07 00",
                        "ff ff ff ff",
                        "00 05 00 00 00 48 65 6c 6c 6f 00",
                        "00 05 00 fa ff 48 65",
                        "04 ff ff ff",
                        "f2 48 cd c9 c9 07 06",
                        "f3 48 cd c9 c9 07 00 06")
                .flatMap(bytes -> Stream.of(
                        fails(
                                bytes + " is not deflated and fails",
                                1007,
                                text(hex(bytes)).with(RSV1).bytes()),
                        fails(
                                bytes + " in fragments fails",
                                1007,
                                text(hex(bytes)).with(RSV1).inFragments(1))));
    }

    static Stream<SocketCase> utf8() {
        return Stream.of("ff", "80", "c3", "c0 af", "ed a0 80", "f4 90 80 80", "48 65 6c 6c 6f ff 21", "e2 82")
                .flatMap(bytes -> Stream.of(
                        fails(
                                "the text " + bytes + " fails when deflated",
                                1007,
                                deflatedText(hex(bytes)).bytes()),
                        new SocketCase(
                                "the binary " + bytes + " does not",
                                socket -> socket.send(deflatedBinary(hex(bytes)))
                                        .mustReceive(RawFrame.binary(hex(bytes))))));
    }

    static Stream<SocketCase> bombs() {
        Stream<SocketCase> sizes = IntStream.of(LIMIT + 1, LIMIT + 2, 2 * LIMIT, 8 * LIMIT, 64 * LIMIT)
                .mapToObj(size -> new SocketCase(
                        "zeros that inflate to " + size + " bytes are refused",
                        socket -> socket.send(deflatedBinary(new byte[size])).mustClose(1009)));
        return Stream.concat(
                sizes,
                Stream.of(
                        new SocketCase(
                                "a text that inflates to 4 MiB is refused",
                                socket -> socket.send(deflatedText(
                                                "a".repeat(4 * LIMIT).getBytes(StandardCharsets.UTF_8)))
                                        .mustClose(1009)),
                        new SocketCase(
                                "fragments that inflate to 4 MiB are refused",
                                socket -> socket.send(deflatedBinary(new byte[4 * LIMIT])
                                                .inFragments(1_000))
                                        .mustClose(1009)),
                        new SocketCase("zeros that inflate to the limit are not", socket -> {
                            RawFrame answer =
                                    socket.send(deflatedBinary(new byte[LIMIT])).receive();
                            assertThat(RawDeflate.inflate(answer.payload())).isEqualTo(new byte[LIMIT]);
                        }),
                        fails(
                                "a deflated message is refused when its header announces 2^40",
                                1009,
                                RawFrame.announcing(RawFrame.FIN | RSV1 | RawFrame.TEXT, 1L << 40))));
    }

    static Stream<SocketCase> bits() {
        byte[] begun = text("Hel").unfinished().bytes();
        byte[] deflatedBegun = text(hex("f2 48 cd")).unfinished().with(RSV1).bytes();
        byte[] rest = hex("c9 c9 07 00");
        return Stream.of(
                fails(
                        "RSV1 on a last fragment fails",
                        1002,
                        deflatedBegun,
                        last(rest).with(RSV1).bytes()),
                fails(
                        "RSV1 on a fragment in the middle fails",
                        1002,
                        deflatedBegun,
                        last(rest).unfinished().with(RSV1).bytes()),
                fails(
                        "RSV1 on the last fragment of a message that is not deflated fails",
                        1002,
                        begun,
                        last(rest).with(RSV1).bytes()),
                fails(
                        "RSV1 on a ping fails",
                        1002,
                        RawFrame.ping("p").with(RSV1).bytes()),
                fails(
                        "RSV1 on a pong fails",
                        1002,
                        RawFrame.pong("p").with(RSV1).bytes()),
                fails(
                        "RSV1 on a close fails",
                        1002,
                        RawFrame.close(1000, "").with(RSV1).bytes()),
                fails("RSV2 fails", 1002, text("x").with(RSV2).bytes()),
                fails("RSV3 fails", 1002, text("x").with(RSV3).bytes()),
                fails(
                        "RSV2 on a deflated message fails",
                        1002,
                        DEFLATED_HELLO.with(RSV2).bytes()),
                fails(
                        "RSV3 on a deflated message fails",
                        1002,
                        DEFLATED_HELLO.with(RSV3).bytes()),
                fails("a deflated message without a mask fails", 1002, DEFLATED_HELLO.unmasked()),
                fails("a deflated message within a message fails", 1002, begun, DEFLATED_HELLO.bytes()),
                fails("a deflated message within a deflated one fails", 1002, deflatedBegun, DEFLATED_HELLO.bytes()));
    }

    static Stream<SocketCase> answers() {
        byte[] sentence = "The quick brown fox jumps over the lazy dog. ".getBytes(StandardCharsets.UTF_8);
        Stream<SocketCase> large = IntStream.of(1_025, 2_000, 65_536, LIMIT)
                .boxed()
                .flatMap(size -> {
                    byte[] bytes = Arrays.copyOf(sentence, size);
                    IntStream.range(0, size).forEach(i -> bytes[i] = sentence[i % sentence.length]);
                    return Stream.of(text(bytes), RawFrame.binary(bytes))
                            .map(message -> new SocketCase(
                                    "an answer of " + size + " bytes is deflated, with nothing kept: operation "
                                            + (message.first() & 15),
                                    socket -> answersDeflatedTwice(socket, message)));
                });
        Stream<SocketCase> small = IntStream.of(0, 1, 45, 126, 127)
                .mapToObj(size -> new SocketCase(
                        "an answer of " + size + " bytes is not deflated",
                        socket -> socket.send(deflatedText("a".repeat(size).getBytes(StandardCharsets.UTF_8)))
                                .mustReceive(text("a".repeat(size)))));
        return Stream.concat(large, small);
    }

    private static void answersDeflatedTwice(RawSocket socket, RawFrame message) {
        for (int i = 0; i < 2; i++) {
            RawFrame answer = socket.send(message).receive();
            assertThat(answer.first()).isEqualTo(message.first() | RSV1);
            assertThat(answer.payload().length).isLessThan(message.payload().length / 2);
            assertThat(RawDeflate.inflate(answer.payload())).isEqualTo(message.payload());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"garbage", "utf8", "bombs", "bits", "answers"})
    void failing(SocketCase conforming) {
        conforming.on(echo.open("permessage-deflate"));
    }
}
