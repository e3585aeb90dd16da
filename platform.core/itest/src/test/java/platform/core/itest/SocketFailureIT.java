package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the server does with a connection that has failed (RFC 6455 7.1.7): its close frame can be read whatever else the
 * client has sent, nothing follows it, and nothing that came after the failure counts.
 */
@SocketConformance
final class SocketFailureIT {

    private static final RawFrame HELLO = RawFrame.text("Hello");
    private static final byte[] UNMASKED = HELLO.unmasked();
    private static final byte[] INVALID_TEXT = RawFrame.text(new byte[] {-1}).bytes();
    private static final byte[] TOO_LARGE = RawFrame.announcing(RawFrame.FIN | RawFrame.BINARY, 1L << 40);

    /** What fails, and the code to say so. */
    private static final Map<Integer, byte[]> FAILURES =
            new TreeMap<>(Map.of(1002, UNMASKED, 1007, INVALID_TEXT, 1009, TOO_LARGE));

    private final SocketEcho echo;

    SocketFailureIT(SocketEcho echo) {
        this.echo = echo;
    }

    static Stream<SocketCase> more() {
        return FAILURES.entrySet().stream().flatMap(failure -> {
            int code = failure.getKey();
            byte[] bytes = failure.getValue();
            return Stream.concat(
                    IntStream.of(1, 1_000, 60_000, 500_000)
                            .mapToObj(size -> new SocketCase(
                                    "the close with " + code + " can be read though " + size + " more bytes were sent",
                                    socket -> socket.send(bytes, new byte[size]).mustClose(code))),
                    Stream.of(
                            followedBy(code, bytes, "a message", HELLO),
                            followedBy(code, bytes, "a ping", RawFrame.ping("p")),
                            followedBy(code, bytes, "a close", RawFrame.close(1000, "")),
                            new SocketCase(
                                    "the close with " + code + " may be answered",
                                    socket -> closesThoughAnswered(socket, code, bytes))));
        });
    }

    private static SocketCase followedBy(int code, byte[] bytes, String what, RawFrame frame) {
        return new SocketCase(
                "after a failure with " + code + " " + what + " in the same segment is not answered",
                socket -> socket.send(bytes, frame.bytes()).mustClose(code));
    }

    private static void closesThoughAnswered(RawSocket socket, int code, byte[] bytes) {
        RawFrame close = socket.send(bytes).receive();

        assertThat(close.code()).isEqualTo(code);
        socket.send(RawFrame.close(code, "")).mustEnd();
    }

    static Stream<SocketCase> less() {
        return FAILURES.entrySet().stream()
                .flatMap(failure -> Stream.of(
                        new SocketCase(
                                "a message before a failure with " + failure.getKey() + " has been answered",
                                socket -> socket.mustEcho(HELLO)
                                        .send(failure.getValue())
                                        .mustClose(failure.getKey())),
                        new SocketCase(
                                "a message in the segment of a failure with " + failure.getKey() + " hides nothing",
                                socket -> hidesNothing(socket, failure.getKey(), failure.getValue())),
                        new SocketCase(
                                "a failure with " + failure.getKey() + " may arrive byte by byte",
                                socket -> socket.sendInChops(1, failure.getValue())
                                        .mustClose(failure.getKey())),
                        new SocketCase(
                                "a client that ends its output after a failure with " + failure.getKey() + " is told",
                                socket -> socket.send(failure.getValue())
                                        .endOutput()
                                        .mustClose(failure.getKey()))));
    }

    /** The echo is the app's, and may come too late. */
    private static void hidesNothing(RawSocket socket, int code, byte[] bytes) {
        List<RawFrame> frames = socket.send(HELLO.bytes(), bytes).rest();

        assertThat(frames).hasSizeBetween(1, 2);
        RawFrame last = frames.get(frames.size() - 1);
        assertThat(last.first()).isEqualTo(RawFrame.FIN | RawFrame.CLOSE);
        assertThat(last.code()).isEqualTo(code);
        assertThat(frames.get(0).toString()).isIn(HELLO.toString(), last.toString());
    }

    static Stream<SocketCase> quiet() {
        return Stream.of(
                new SocketCase(
                        "a client that ends its output without a close gets the end of the connection",
                        socket -> mustEndQuietly(socket.mustEcho(HELLO).endOutput())),
                new SocketCase(
                        "a client that ends its output within a message gets the end of the connection",
                        socket -> mustEndQuietly(socket.send(HELLO.unfinished()).endOutput())),
                new SocketCase(
                        "a client that ends its output within a frame gets the end of the connection",
                        socket -> mustEndQuietly(socket.send(new byte[] {(byte) 0x81, (byte) 0x85})
                                .endOutput())));
    }

    /** The server may close with a code, but never with 1005, 1006 or 1015, which only say what an endpoint has seen. */
    private static void mustEndQuietly(RawSocket socket) {
        assertThat(socket.rest())
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(frame -> assertThat(frame.first()).isEqualTo(RawFrame.FIN | RawFrame.CLOSE))
                .allSatisfy(frame -> assertThat(frame.code()).isNotIn(1005, 1006, 1015));
    }

    static Stream<SocketCase> resets() {
        return Stream.of(
                new SocketCase("a client that vanishes disturbs no other", RawSocket::reset),
                new SocketCase(
                        "a client that vanishes within a message disturbs no other",
                        socket -> socket.send(HELLO.unfinished()).reset()),
                new SocketCase(
                        "a client that vanishes with answers unread disturbs no other",
                        socket ->
                                socket.send(RawFrame.binary(new byte[500_000])).reset()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"more", "less", "quiet"})
    void failing(SocketCase conforming) {
        conforming.on(echo.open());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resets")
    void vanishing(SocketCase conforming) {
        try (RawSocket other = echo.open()) {
            conforming.on(echo.open());
            other.mustEcho(HELLO);
        }
    }
}
