package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static platform.core.itest.SocketCase.echoes;
import static platform.core.itest.SocketCase.fails;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** WebSockets on streams of HTTP/2 (RFC 8441): the same frames, in a tunnel. */
@SocketConformance
final class SocketHttp2IT {

    private static final RawFrame HELLO = RawFrame.text("Hello");
    private static final Map<String, String> VERSION = Map.of("sec-websocket-version", "13");

    private final SocketEcho echo;
    private Http2Connection connection;

    SocketHttp2IT(SocketEcho echo) {
        this.echo = echo;
    }

    @BeforeEach
    void connect() {
        connection = new Http2Connection(echo.uri());
    }

    @AfterEach
    void disconnect() {
        connection.close();
    }

    private Http2Socket tunnel(Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(VERSION);
        all.putAll(headers);
        return connection.connect(echo.uri(), "websocket", all);
    }

    private RawSocket open() {
        Http2Socket tunnel = tunnel(Map.of());
        assertThat(tunnel.response().getStatus()).isEqualTo(200);
        return new RawSocket(tunnel);
    }

    @Test
    void theServerSaysThatItTakesAnExtendedConnect() {
        assertThat(connection.settings()).containsEntry(SettingsFrame.ENABLE_CONNECT_PROTOCOL, 1);
    }

    @Test
    void theAnswerHasNothingThatBelongsToHttp1() {
        HttpFields headers = tunnel(Map.of()).response().getHttpFields();

        for (String name : List.of("Upgrade", "Connection", RawAnswer.ACCEPT, RawAnswer.EXTENSIONS, "Content-Length")) {
            assertThat(headers.contains(name)).as(name).isFalse();
        }
    }

    @ParameterizedTest(name = "\"{0}: {1}\" is refused with {2}")
    @CsvSource({
        "origin, http://example.net, 403, 403",
        "sec-websocket-version, 12, 400, 499",
        "sec-websocket-version, 8, 400, 499",
    })
    void whatHttp1RefusesIsRefused(String name, String value, int least, int most) {
        assertThat(tunnel(Map.of(name, value)).response().getStatus()).isBetween(least, most);
    }

    @Test
    void aPageOfTheSameHostMayOpen() {
        String origin = "http://" + echo.uri().getAuthority();

        assertThat(tunnel(Map.of("origin", origin)).response().getStatus()).isEqualTo(200);
    }

    @Test
    void aPathBesideTheSocketsIsNotFound() {
        Http2Socket tunnel = connection.connect(echo.uri().resolve("echoes"), "websocket", VERSION);

        assertThat(tunnel.response().getStatus()).isEqualTo(404);
    }

    @Test
    void anotherProtocolIsNotOpened() {
        Http2Socket tunnel = connection.connect(echo.uri(), "connect-udp", VERSION);

        assertThat(tunnel.response().getStatus()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void deflateIsAgreedOnAsInHttp1() {
        Http2Socket tunnel = tunnel(Map.of("sec-websocket-extensions", "permessage-deflate"));
        try (RawSocket socket = new RawSocket(tunnel)) {
            assertThat(tunnel.response().getHttpFields().get(RawAnswer.EXTENSIONS))
                    .startsWith("permessage-deflate")
                    .contains("server_no_context_takeover", "client_no_context_takeover");
            socket.send(RawFrame.text(RawFrame.hex("f2 48 cd c9 c9 07 00")).with(RawFrame.RSV1))
                    .mustReceive(HELLO);
        }
    }

    static Stream<SocketCase> frames() {
        RawFrame large = RawFrame.binary(new byte[1 << 20]);
        return Stream.of(
                echoes("a text comes back", HELLO),
                echoes("a binary comes back", RawFrame.binary(new byte[] {0, -1})),
                echoes("a message of the limit's size passes all windows", large),
                new SocketCase(
                        "a frame may be cut by frames of HTTP/2",
                        socket -> socket.sendInChops(1, HELLO.bytes()).mustReceive(HELLO)),
                new SocketCase(
                        "a message may be fragmented",
                        socket -> socket.send(HELLO.inFragments(2)).mustReceive(HELLO)),
                new SocketCase(
                        "a ping is answered",
                        socket -> socket.send(RawFrame.ping("p")).mustReceive(RawFrame.pong("p"))),
                new SocketCase(
                        "a close is answered, and the stream ended",
                        socket -> socket.send(RawFrame.close(1000, "")).mustClose(1000)),
                fails("a frame without a mask fails", 1002, HELLO.unmasked()),
                fails(
                        "text that is no UTF-8 fails",
                        1007,
                        RawFrame.text(new byte[] {-1}).bytes()),
                fails(
                        "a message above the limit is refused",
                        1009,
                        RawFrame.announcing(RawFrame.FIN | RawFrame.BINARY, 1L << 40)),
                new SocketCase("a client that ends the stream gets its end", socket -> {
                    List<RawFrame> rest = socket.mustEcho(HELLO).endOutput().rest();
                    assertThat(rest)
                            .hasSizeLessThanOrEqualTo(1)
                            .allSatisfy(frame -> assertThat(frame.code()).isNotIn(1005, 1006, 1015));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void inATunnel(SocketCase conforming) {
        conforming.on(open());
    }

    @Test
    void fourSocketsOnOneConnectionDoNotMix() {
        List<RawSocket> sockets = Stream.generate(this::open).limit(4).toList();

        for (int round = 0; round < 3; round++) {
            IntStream.range(0, 4).forEach(i -> sockets.get(i).send(RawFrame.text("socket " + i)));
            IntStream.range(0, 4).forEach(i -> sockets.get(i).mustReceive(RawFrame.text("socket " + i)));
        }
        sockets.get(0).send(RawFrame.close(1000, "")).mustClose(1000);
        sockets.get(1).mustEcho(HELLO);
        sockets.forEach(RawSocket::close);
    }

    @Test
    void aStreamThatIsResetWithinAMessageDisturbsNoOther() {
        Http2Socket tunnel = tunnel(Map.of());
        try (RawSocket other = open();
                RawSocket broken = new RawSocket(tunnel)) {
            broken.mustEcho(HELLO).send(RawFrame.binary(new byte[100_000]).unfinished());

            tunnel.reset();

            other.mustEcho(RawFrame.binary(new byte[100_000]));
            open().mustEcho(HELLO).close();
        }
    }
}
