package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static platform.core.itest.RawFrame.RSV1;
import static platform.core.itest.RawFrame.hex;
import static platform.core.itest.RawFrame.last;
import static platform.core.itest.RawFrame.text;
import static platform.core.itest.SocketCase.fails;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages on a socket that has agreed on permessage-deflate (RFC 7692 6 and 7.2). */
@SocketConformance
final class SocketDeflateIT {

    private static final int LIMIT = 1 << 20;
    private static final RawFrame HELLO = text("Hello");
    private static final RawFrame DEFLATED_HELLO =
            text(hex("f2 48 cd c9 c9 07 00")).with(RSV1);

    /** Copies 258 bytes from 32,768 before, the farthest a block can reach; then the block ends. */
    private static final byte[] FARTHEST_MATCH = hex("1a bd ff 1f 00");

    private final SocketEcho echo;

    SocketDeflateIT(SocketEcho echo) {
        this.echo = echo;
    }

    private static byte[] prose(int size) {
        return "The quick brown fox jumps over the lazy dog. "
                .repeat(size / 45 + 1)
                .substring(0, size)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        return noise;
    }

    private static RawFrame deflated(RawFrame message) {
        return new RawFrame(message.first(), RawDeflate.deflate(message.payload())).with(RSV1);
    }

    /** The next frame, compressed or not, must be the message. */
    private static RawFrame mustReceive(RawSocket socket, RawFrame message) {
        RawFrame answer = socket.receive();
        boolean compressed = (answer.first() & RSV1) != 0;
        assertThat(answer.first() & ~RSV1).isEqualTo(message.first());
        assertThat(compressed ? RawDeflate.inflate(answer.payload()) : answer.payload())
                .isEqualTo(message.payload());
        return answer;
    }

    private static SocketCase isHello(String sentence, String payload) {
        return new SocketCase(
                sentence, socket -> socket.send(text(hex(payload)).with(RSV1)).mustReceive(HELLO));
    }

    /** RFC 7692 7.2.3. */
    static Stream<SocketCase> rfc() {
        return Stream.of(
                isHello("the RFC's message with one block is Hello", "f2 48 cd c9 c9 07 00"),
                isHello("the RFC's message without compression is Hello", "00 05 00 fa ff 48 65 6c 6c 6f 00"),
                isHello("the RFC's message with a final block is Hello", "f3 48 cd c9 c9 07 00 00"),
                isHello("the RFC's message with two blocks is Hello", "f2 48 05 00 00 00 ff ff ca c9 c9 07 00"),
                isHello(
                        "empty blocks before, between and behind are nothing",
                        "00 00 00 ff ff 00 00 00 ff ff f2 48 05" + " 00 00 00 ff ff ca c9 c9 07 00 00 00 ff ff 00"),
                isHello("a block may follow a final one", "f3 48 05 00 ca c9 c9 07 00"),
                new SocketCase(
                        "the RFC's empty message is empty",
                        socket -> socket.send(text(hex("00")).with(RSV1)).mustReceive(text(""))),
                new SocketCase(
                        "the RFC's fragmented message is Hello",
                        socket -> socket.send(hex("41 83 00000000 f2 48 cd"), hex("80 84 00000000 c9 c9 07 00"))
                                .mustReceive(HELLO)),
                fails(
                        "the RFC's second message, which needs the first one's window, fails",
                        1007,
                        text(hex("f2 00 11 00 00")).with(RSV1).bytes()),
                new SocketCase(
                        "the window of a message is not kept for the next one",
                        socket -> socket.send(DEFLATED_HELLO)
                                .mustReceive(HELLO)
                                .send(text(hex("f2 00 11 00 00")).with(RSV1))
                                .mustClose(1007)),
                new SocketCase(
                        "the same message may follow, and again",
                        socket -> socket.send(DEFLATED_HELLO, DEFLATED_HELLO, DEFLATED_HELLO)
                                .mustReceive(HELLO, HELLO, HELLO)));
    }

    static Stream<SocketCase> encodings() {
        byte[] prose = prose(20_000);
        return Stream.of(
                arrives("by default", prose, RawDeflate.deflate(prose)),
                arrives("in stored blocks", prose, RawDeflate.deflate(prose, 0, Deflater.DEFAULT_STRATEGY)),
                arrives("fast", prose, RawDeflate.deflate(prose, 1, Deflater.DEFAULT_STRATEGY)),
                arrives("as well as can be", prose, RawDeflate.deflate(prose, 9, Deflater.DEFAULT_STRATEGY)),
                arrives("without matches", prose, RawDeflate.deflate(prose, 9, Deflater.HUFFMAN_ONLY)),
                arrives("filtered", prose, RawDeflate.deflate(prose, 9, Deflater.FILTERED)),
                arrives("in blocks of 1,000 bytes", prose, RawDeflate.deflateInBlocks(prose, 1_000)),
                arrives("in blocks of 7 bytes", prose, RawDeflate.deflateInBlocks(prose, 7)),
                arrives("with a final block", prose, RawDeflate.deflateWithFinalBlock(prose)));
    }

    private static SocketCase arrives(String how, byte[] message, byte[] deflated) {
        return new SocketCase("a message deflated " + how + " arrives", socket -> {
            mustReceive(socket.send(text(deflated).with(RSV1)), text(message));
            mustReceive(socket.send(RawFrame.binary(deflated).with(RSV1)), RawFrame.binary(message));
        });
    }

    /** Noise of the limit's size would be larger than the limit when deflated. */
    static Stream<SocketCase> sizes() {
        Stream<SocketCase> texts = IntStream.of(1, 125, 126, 127, 128, 1_024, 65_535, 65_536, LIMIT)
                .mapToObj(size -> arrives("a text of " + size + " bytes", text(prose(size))));
        Stream<SocketCase> binaries = IntStream.of(1, 125, 126, 127, 128, 1_024, 65_535, 65_536, LIMIT)
                .mapToObj(size -> arrives("a binary of " + size + " bytes", RawFrame.binary(prose(size))));
        Stream<SocketCase> noise = IntStream.of(1, 125, 126, 127, 128, 1_024, 65_535, 65_536, 1_000_000)
                .mapToObj(size -> arrives("noise of " + size + " bytes", RawFrame.binary(noise(size))));
        return Stream.of(texts, binaries, noise).flatMap(cases -> cases);
    }

    private static SocketCase arrives(String what, RawFrame message) {
        return new SocketCase(
                what + " arrives deflated", socket -> mustReceive(socket.send(deflated(message)), message));
    }

    static Stream<SocketCase> fragments() {
        RawFrame large = text(prose(100_000));
        Stream<SocketCase> sizes = IntStream.of(1, 2, 3, 6, 7)
                .mapToObj(size -> new SocketCase(
                        "a deflated message in fragments of " + size + " bytes is one message",
                        socket -> socket.send(DEFLATED_HELLO.inFragments(size)).mustReceive(HELLO)));
        Stream<SocketCase> others = Stream.of(
                new SocketCase("pings between deflated fragments are answered", socket -> {
                    socket.send(text("").with(RSV1).unfinished());
                    for (byte next : DEFLATED_HELLO.payload()) {
                        socket.send(last(new byte[] {next}).unfinished(), RawFrame.ping("p"))
                                .mustReceive(RawFrame.pong("p"));
                    }
                    socket.send(last("")).mustReceive(HELLO);
                }),
                new SocketCase(
                        "a large deflated message in many fragments is one message",
                        socket -> mustReceive(socket.send(deflated(large).inFragments(10)), large)),
                new SocketCase(
                        "a deflated frame may arrive byte by byte",
                        socket -> socket.sendInChops(1, DEFLATED_HELLO.bytes()).mustReceive(HELLO)),
                new SocketCase("letters may be cut by deflated fragments", socket -> {
                    RawFrame letters = text("😀€ü".repeat(20));
                    mustReceive(socket.send(deflated(letters).inFragments(1)), letters);
                }));
        return Stream.concat(sizes, others);
    }

    static Stream<SocketCase> plain() {
        RawFrame prose = text(prose(5_000));
        return Stream.of(
                SocketCase.echoes("a message that is not deflated is allowed", HELLO),
                new SocketCase(
                        "a large message that is not deflated is allowed",
                        socket -> mustReceive(socket.send(prose), prose)),
                new SocketCase(
                        "a fragmented message that is not deflated is allowed",
                        socket -> socket.send(HELLO.inFragments(2)).mustReceive(HELLO)),
                new SocketCase(
                        "deflated messages and others may follow each other",
                        socket -> socket.send(HELLO, DEFLATED_HELLO, HELLO, DEFLATED_HELLO)
                                .mustReceive(HELLO, HELLO, HELLO, HELLO)),
                new SocketCase(
                        "control frames are not deflated",
                        socket -> socket.send(RawFrame.ping("p"), RawFrame.close(1000, "bye"))
                                .mustReceive(RawFrame.pong("p"))
                                .mustClose(1000)));
    }

    static Stream<SocketCase> windows() {
        byte[] window = noise(32_768);
        byte[] stored = RawFrame.concat(hex("00 00 80 ff 7f"), window);
        RawFrame reached = RawFrame.binary(RawFrame.concat(window, Arrays.copyOf(window, 258)));
        RawFrame repeated = RawFrame.binary(RawFrame.concat(noise(32_000), noise(32_000), noise(32_000)));
        return Stream.of(
                new SocketCase(
                        "a match may reach back 32 KiB",
                        socket -> mustReceive(
                                socket.send(RawFrame.binary(RawFrame.concat(stored, FARTHEST_MATCH))
                                        .with(RSV1)),
                                reached)),
                fails(
                        "a match may not reach back before the message",
                        1007,
                        RawFrame.binary(FARTHEST_MATCH).with(RSV1).bytes()),
                fails(
                        "nor by one byte",
                        1007,
                        RawFrame.binary(RawFrame.concat(
                                        hex("00 ff 7f 00 80"), Arrays.copyOf(window, 32_767), FARTHEST_MATCH))
                                .with(RSV1)
                                .bytes()),
                new SocketCase("repetitions 32,000 bytes apart arrive in both directions", socket -> {
                    RawFrame answer = mustReceive(socket.send(deflated(repeated)), repeated);
                    assertThat(answer.payload().length).isLessThanOrEqualTo(97_000);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"rfc", "encodings", "sizes", "fragments", "plain", "windows"})
    void deflating(SocketCase conforming) {
        conforming.on(echo.open("permessage-deflate"));
    }
}
