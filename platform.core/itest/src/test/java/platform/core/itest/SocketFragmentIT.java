package platform.core.itest;

import static platform.core.itest.RawFrame.last;
import static platform.core.itest.SocketCase.fails;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages in several frames (RFC 6455 5.4). */
@SocketConformance
final class SocketFragmentIT {

    private static final int LIMIT = 1 << 20;
    private static final RawFrame HELLO = RawFrame.text("Hello");
    private static final RawFrame BYTES = RawFrame.binary(new byte[] {0, -1, -2});
    private static final byte[] NOTHING = {};

    private final SocketEcho echo;

    SocketFragmentIT(SocketEcho echo) {
        this.echo = echo;
    }

    private static SocketCase fragments(String what, RawFrame message, int size) {
        return new SocketCase(
                what + " in fragments of " + size + " bytes is one message",
                socket -> socket.send(message.inFragments(size)).mustReceive(message));
    }

    static Stream<SocketCase> sizes() {
        String sentence = "The quick brown fox jumps over the lazy dog. ";
        RawFrame text = RawFrame.text(sentence.repeat(90));
        RawFrame binary = RawFrame.binary(sentence.repeat(90).getBytes(StandardCharsets.UTF_8));
        Stream<SocketCase> small = IntStream.of(1, 2, 125, 126, 1_000, 4_050)
                .boxed()
                .flatMap(size -> Stream.of(fragments("a text", text, size), fragments("a binary", binary, size)));
        Stream<SocketCase> large = IntStream.of(1_024, 65_535, 65_536, 500_000, LIMIT)
                .mapToObj(size -> fragments("a message of the limit's size", RawFrame.binary(new byte[LIMIT]), size));
        return Stream.concat(small, large);
    }

    static Stream<SocketCase> shapes() {
        return Stream.of(
                joined("an empty first fragment is allowed", RawFrame.text(""), last("Hello")),
                joined("an empty last fragment is allowed", HELLO, last(NOTHING)),
                joined("an empty fragment in the middle is allowed", RawFrame.text("Hel"), last(NOTHING), last("lo")),
                new SocketCase(
                        "two empty fragments are an empty text",
                        socket -> socket.send(RawFrame.text("").unfinished(), last(NOTHING))
                                .mustReceive(RawFrame.text(""))),
                new SocketCase(
                        "three empty fragments are an empty binary",
                        socket -> socket.send(
                                        RawFrame.binary(NOTHING).unfinished(),
                                        last(NOTHING).unfinished(),
                                        last(NOTHING))
                                .mustReceive(RawFrame.binary(NOTHING))),
                new SocketCase(
                        "fragments may arrive byte by byte",
                        socket -> socket.sendInChops(1, HELLO.inFragments(2)).mustReceive(HELLO)),
                new SocketCase(
                        "fragmented messages may follow each other in one segment",
                        socket -> socket.send(HELLO.inFragments(1), BYTES.inFragments(2), HELLO.inFragments(3))
                                .mustReceive(HELLO, BYTES, HELLO)),
                new SocketCase(
                        "a message in one frame may follow a fragmented one",
                        socket ->
                                socket.send(HELLO.inFragments(2), BYTES.bytes()).mustReceive(HELLO, BYTES)),
                new SocketCase("a thousand empty fragments are an empty message", socket -> {
                    socket.send(RawFrame.text("").unfinished());
                    IntStream.range(0, 1_000)
                            .forEach(i -> socket.send(last(NOTHING).unfinished()));
                    socket.send(last(NOTHING)).mustReceive(RawFrame.text(""));
                }),
                new SocketCase(
                        "nothing is answered before the last fragment",
                        socket -> socket.send(HELLO.unfinished(), last("!").unfinished(), RawFrame.ping("p"))
                                .mustReceive(RawFrame.pong("p"))
                                .send(last("?"))
                                .mustReceive(RawFrame.text("Hello!?"))));
    }

    /** The parts, none of which says that it is not the last one, are the text Hello. */
    private static SocketCase joined(String sentence, RawFrame... parts) {
        for (int i = 0; i < parts.length - 1; i++) {
            parts[i] = parts[i].unfinished();
        }
        return new SocketCase(sentence, socket -> socket.send(parts).mustReceive(HELLO));
    }

    static Stream<SocketCase> violations() {
        byte[] begun = HELLO.unfinished().bytes();
        byte[] begunBinary = BYTES.unfinished().bytes();
        byte[] end = last("!").bytes();
        byte[] more = last("!").unfinished().bytes();
        return Stream.of(
                fails("a last fragment without a first one fails", 1002, end),
                fails("a fragment in the middle without a first one fails", 1002, more),
                fails(
                        "an empty last fragment without a first one fails",
                        1002,
                        last(NOTHING).bytes()),
                fails("a text within a text fails", 1002, begun, HELLO.bytes()),
                fails("a text within a binary fails", 1002, begunBinary, HELLO.bytes()),
                fails("a binary within a text fails", 1002, begun, BYTES.bytes()),
                fails("a binary within a binary fails", 1002, begunBinary, BYTES.bytes()),
                fails("a first fragment within a text fails", 1002, begun, begun),
                fails(
                        "an empty first fragment within a text fails",
                        1002,
                        begun,
                        RawFrame.text("").unfinished().bytes()),
                fails("a text after a fragment in the middle fails", 1002, begun, more, HELLO.bytes()),
                fails(
                        "a text after a ping within a text fails",
                        1002,
                        begun,
                        RawFrame.pong("").bytes(),
                        HELLO.bytes()),
                afterEcho("a fragment after the last one fails", HELLO, HELLO.inFragments(2), end),
                afterEcho("a fragment in the middle after the last one fails", HELLO, HELLO.inFragments(2), more),
                afterEcho("a fragment after a message in one frame fails", BYTES, BYTES.bytes(), more));
    }

    private static SocketCase afterEcho(String sentence, RawFrame echoed, byte[] message, byte[] wrong) {
        return new SocketCase(
                sentence,
                socket -> socket.send(message).mustReceive(echoed).send(wrong).mustClose(1002));
    }

    static Stream<SocketCase> limits() {
        byte[] half = RawFrame.binary(new byte[LIMIT / 2]).unfinished().bytes();
        byte[] secondHalf = last(new byte[LIMIT / 2]).unfinished().bytes();
        int middle = RawFrame.CONTINUATION;
        return Stream.of(
                fails(
                        "fragments of one byte more than the limit are refused",
                        1009,
                        half,
                        secondHalf,
                        last("!").bytes()),
                fails(
                        "and at once, before the last one",
                        1009,
                        half,
                        secondHalf,
                        last("!").unfinished().bytes()),
                fails(
                        "the header of a fragment that leads above the limit is refused",
                        1009,
                        half,
                        Arrays.copyOf(last(new byte[LIMIT / 2 + 1]).bytes(), 14)),
                fails("a fragment of 2^40 bytes is refused", 1009, half, RawFrame.announcing(middle, 1L << 40)),
                fails("a fragment of 2^63-1 bytes is refused", 1009, half, RawFrame.announcing(middle, Long.MAX_VALUE)),
                fails("a fragment of -1 bytes fails", 1002, half, RawFrame.announcing(middle, -1)),
                new SocketCase(
                        "the limit is that of each message",
                        socket -> socket.send(half, last(new byte[LIMIT / 2]).bytes())
                                .mustReceive(RawFrame.binary(new byte[LIMIT]))
                                .send(half, last(new byte[LIMIT / 2]).bytes())
                                .mustReceive(RawFrame.binary(new byte[LIMIT]))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"sizes", "shapes", "violations", "limits"})
    void fragments(SocketCase conforming) {
        conforming.on(echo.open());
    }
}
