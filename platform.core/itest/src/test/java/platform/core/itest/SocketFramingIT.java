package platform.core.itest;

import static platform.core.itest.RawFrame.FIN;
import static platform.core.itest.RawFrame.RSV1;
import static platform.core.itest.RawFrame.RSV2;
import static platform.core.itest.RawFrame.RSV3;
import static platform.core.itest.SocketCase.fails;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The base framing protocol (RFC 6455 5.1 to 5.3): what a frame's header may say and what it may not. */
@SocketConformance
final class SocketFramingIT {

    private static final RawFrame HELLO = RawFrame.text("Hello");
    private static final Map<String, RawFrame> KINDS = new TreeMap<>(Map.of(
            "a text", HELLO,
            "a binary", RawFrame.binary(new byte[] {0, -1}),
            "a ping", RawFrame.ping("p"),
            "a pong", RawFrame.pong("p"),
            "a close", RawFrame.close(1000, "")));

    private final SocketEcho echo;

    SocketFramingIT(SocketEcho echo) {
        this.echo = echo;
    }

    static Stream<SocketCase> masking() {
        Stream<SocketCase> unmasked = KINDS.entrySet().stream()
                .map(kind -> fails(
                        kind.getKey() + " without a mask fails",
                        1002,
                        kind.getValue().unmasked()));
        Stream<SocketCase> keys = Stream.of("00000000", "ffffffff", "000000ff", "80000000", "01020304")
                .map(key -> new SocketCase(
                        "a mask of " + key + " is taken off",
                        socket -> socket.send(HELLO.bytes(RawFrame.hex(key))).mustReceive(HELLO)));
        return Stream.of(unmasked, keys, moreMasking()).flatMap(cases -> cases);
    }

    private static Stream<SocketCase> moreMasking() {
        RawFrame empty = RawFrame.text("");
        return Stream.of(
                fails("an empty text without a mask fails", 1002, empty.unmasked()),
                fails(
                        "a continuation without a mask fails",
                        1002,
                        HELLO.unfinished().bytes(),
                        RawFrame.last("!").unmasked()),
                new SocketCase(
                        "each frame has a mask of its own",
                        socket -> socket.send(
                                        HELLO.unfinished().bytes(RawFrame.hex("a1b2c3d4")),
                                        RawFrame.last("!").bytes(RawFrame.hex("0f1e2d3c")),
                                        HELLO.bytes(RawFrame.hex("99887766")))
                                .mustReceive(RawFrame.text("Hello!"), HELLO)),
                new SocketCase(
                        "the mask starts anew in each fragment",
                        socket -> socket.send(
                                        HELLO.unfinished().bytes(),
                                        RawFrame.last(", world").bytes())
                                .mustReceive(RawFrame.text("Hello, world"))));
    }

    static Stream<SocketCase> reservedBits() {
        Map<String, Integer> bits = new TreeMap<>(Map.of(
                "RSV1", RSV1, "RSV2", RSV2, "RSV3", RSV3, "RSV1+2", RSV1 | RSV2, "RSV1+2+3", RSV1 | RSV2 | RSV3));
        return Stream.concat(
                bits.entrySet().stream()
                        .flatMap(bit -> KINDS.entrySet().stream()
                                .map(kind -> fails(
                                        kind.getKey() + " with " + bit.getKey() + " fails",
                                        1002,
                                        kind.getValue().with(bit.getValue()).bytes()))),
                bits.entrySet().stream()
                        .map(bit -> fails(
                                "a continuation with " + bit.getKey() + " fails",
                                1002,
                                HELLO.unfinished().bytes(),
                                RawFrame.last("!").with(bit.getValue()).bytes())));
    }

    static Stream<SocketCase> reservedOpcodes() {
        return IntStream.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
                .boxed()
                .flatMap(opcode -> Stream.of(
                        fails(
                                "the reserved operation " + opcode + " fails",
                                1002,
                                new RawFrame(FIN | opcode, HELLO.payload()).bytes()),
                        fails(
                                "the reserved operation " + opcode + " without FIN or payload fails",
                                1002,
                                new RawFrame(opcode, new byte[0]).bytes())));
    }

    static Stream<SocketCase> lengthsThatAreTooLong() {
        Stream<SocketCase> in16 = IntStream.of(0, 1, 124, 125)
                .mapToObj(size -> fails(
                        "a length of " + size + " in 16 bits fails",
                        1002,
                        RawFrame.binary(new byte[size]).bytesWithLengthIn(16)));
        Stream<SocketCase> in64 = IntStream.of(0, 1, 125, 126, 127, 65_534, 65_535)
                .mapToObj(size -> fails(
                        "a length of " + size + " in 64 bits fails",
                        1002,
                        RawFrame.binary(new byte[size]).bytesWithLengthIn(64)));
        Stream<SocketCase> control = KINDS.entrySet().stream()
                .flatMap(kind -> Stream.of(16, 64)
                        .map(bits -> fails(
                                kind.getKey() + " with its length in " + bits + " bits fails",
                                1002,
                                kind.getValue().bytesWithLengthIn(bits))));
        return Stream.of(in16, in64, control).flatMap(cases -> cases);
    }

    static Stream<SocketCase> announcements() {
        Stream<SocketCase> tooLarge = Stream.of(
                        (1L << 20) + 1,
                        1L << 21,
                        (1L << 31) - 1,
                        1L << 31,
                        1L << 32,
                        (1L << 32) + 5,
                        1L << 40,
                        1L << 62)
                .flatMap(size -> Stream.of(
                        fails(
                                "a text is refused when its header announces " + size,
                                1009,
                                RawFrame.announcing(FIN | RawFrame.TEXT, size)),
                        fails(
                                "an unfinished binary is refused when its header announces " + size,
                                1009,
                                RawFrame.announcing(RawFrame.BINARY, size))));
        Stream<SocketCase> sign = Stream.of(Long.MIN_VALUE, Long.MIN_VALUE + 5, -1L, -1L << 32)
                .map(size -> fails(
                        "a length of " + Long.toHexString(size) + " has the forbidden bit and fails",
                        1002,
                        RawFrame.announcing(FIN | RawFrame.BINARY, size)));
        SocketCase largest = fails(
                "a binary is refused when its header announces 2^63-1",
                1009,
                RawFrame.announcing(FIN | RawFrame.BINARY, Long.MAX_VALUE));
        return Stream.of(tooLarge, sign, Stream.of(largest)).flatMap(cases -> cases);
    }

    static Stream<SocketCase> cuts() {
        byte[] small = HELLO.bytes();
        RawFrame larger = RawFrame.binary(new byte[300]);
        RawFrame large = RawFrame.binary(new byte[70_000]);
        Stream<SocketCase> cuts = Stream.of(
                        cut("a frame", HELLO, small.length),
                        cut("a frame with a length in 16 bits", larger, 9),
                        cut("a frame with a length in 64 bits", large, 15))
                .flatMap(cases -> cases);
        SocketCase many = new SocketCase("100 frames in one segment are answered in their order", socket -> {
            RawFrame[] frames = IntStream.range(0, 100)
                    .mapToObj(i -> RawFrame.text("message " + i))
                    .toArray(RawFrame[]::new);
            socket.send(frames).mustReceive(frames);
        });
        return Stream.concat(cuts, Stream.of(many));
    }

    private static Stream<SocketCase> cut(String what, RawFrame frame, int end) {
        byte[] bytes = frame.bytes();
        return IntStream.range(1, end)
                .mapToObj(at -> new SocketCase(
                        what + " may be cut after byte " + at,
                        socket -> socket.send(Arrays.copyOf(bytes, at))
                                .send(Arrays.copyOfRange(bytes, at, bytes.length))
                                .mustReceive(frame)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"masking", "reservedBits", "reservedOpcodes", "lengthsThatAreTooLong", "announcements", "cuts"})
    void framing(SocketCase conforming) {
        conforming.on(echo.open());
    }
}
