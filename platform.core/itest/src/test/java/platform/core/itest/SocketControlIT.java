package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static platform.core.itest.SocketCase.fails;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pings, pongs and the form of all control frames (RFC 6455 5.5). */
@SocketConformance
final class SocketControlIT {

    private static final RawFrame HELLO = RawFrame.text("Hello");
    private static final RawFrame PING = RawFrame.ping("a ping");
    private static final RawFrame PONG = RawFrame.pong("a ping");

    private final SocketEcho echo;

    SocketControlIT(SocketEcho echo) {
        this.echo = echo;
    }

    private static RawFrame control(int opcode, int size) {
        byte[] payload = new byte[size];
        for (int i = 0; i < size; i++) {
            payload[i] = (byte) (i + 128);
        }
        return new RawFrame(RawFrame.FIN | opcode, payload);
    }

    static Stream<SocketCase> pings() {
        Stream<SocketCase> sizes = IntStream.of(0, 1, 2, 64, 124, 125)
                .mapToObj(size -> new SocketCase(
                        "a ping of " + size + " bytes, which are no text, is answered with the same",
                        socket -> socket.send(control(RawFrame.PING, size)).mustReceive(control(RawFrame.PONG, size))));
        Stream<SocketCase> floods = IntStream.of(2, 10, 1_000)
                .mapToObj(count -> new SocketCase(
                        count + " pings in one segment are answered in their order",
                        socket -> socket.send(numbered(count, true)).mustReceive(numbered(count, false))));
        Stream<SocketCase> others = Stream.of(
                new SocketCase(
                        "a ping may arrive byte by byte",
                        socket -> socket.sendInChops(
                                        1, control(RawFrame.PING, 125).bytes())
                                .mustReceive(control(RawFrame.PONG, 125))),
                new SocketCase(
                        "pings may come between messages",
                        socket -> socket.mustEcho(HELLO)
                                .send(PING)
                                .mustReceive(PONG)
                                .mustEcho(HELLO)
                                .send(PING)
                                .mustReceive(PONG)));
        return Stream.of(sizes, floods, others).flatMap(cases -> cases);
    }

    private static RawFrame[] numbered(int count, boolean ask) {
        return IntStream.range(0, count)
                .mapToObj(i -> ask ? RawFrame.ping("ping " + i) : RawFrame.pong("ping " + i))
                .toArray(RawFrame[]::new);
    }

    static Stream<SocketCase> pongs() {
        return Stream.of(
                ignored("an empty pong", RawFrame.pong("")),
                ignored("a pong that nobody has asked for", RawFrame.pong("unsolicited")),
                ignored("a pong of 125 bytes, which are no text,", control(RawFrame.PONG, 125)),
                new SocketCase(
                        "a thousand pongs are ignored",
                        socket -> socket.send(IntStream.range(0, 1_000)
                                        .mapToObj(i -> RawFrame.pong("pong " + i))
                                        .toArray(RawFrame[]::new))
                                .mustEcho(HELLO)),
                new SocketCase(
                        "a pong between two pings is ignored",
                        socket -> socket.send(PING, RawFrame.pong("unsolicited"), RawFrame.ping("2"))
                                .mustReceive(PONG, RawFrame.pong("2"))));
    }

    private static SocketCase ignored(String what, RawFrame pong) {
        return new SocketCase(
                what + " is ignored", socket -> socket.send(pong).send(PING).mustReceive(PONG));
    }

    static Stream<SocketCase> between() {
        byte[] half = new byte[400_000];
        return Stream.of(
                new SocketCase(
                        "a ping between two fragments is answered at once",
                        socket -> socket.send(HELLO.unfinished(), PING)
                                .mustReceive(PONG)
                                .send(RawFrame.last("!"))
                                .mustReceive(RawFrame.text("Hello!"))),
                new SocketCase("pings between many fragments are answered in their order", socket -> {
                    socket.send(HELLO.unfinished());
                    IntStream.range(0, 20)
                            .forEach(i -> socket.send(RawFrame.ping("p" + i))
                                    .mustReceive(RawFrame.pong("p" + i))
                                    .send(RawFrame.last("!").unfinished()));
                    socket.send(RawFrame.last("")).mustReceive(RawFrame.text("Hello" + "!".repeat(20)));
                }),
                new SocketCase(
                        "a ping is answered when half of a large message has come",
                        socket -> socket.send(RawFrame.binary(half).unfinished(), PING)
                                .mustReceive(PONG)
                                .send(RawFrame.last(half))
                                .mustReceive(RawFrame.binary(new byte[800_000]))),
                new SocketCase(
                        "a pong between two fragments is ignored",
                        socket -> socket.send(HELLO.unfinished(), RawFrame.pong("unsolicited"), RawFrame.last("!"))
                                .mustReceive(RawFrame.text("Hello!"))),
                new SocketCase(
                        "a close between two fragments is answered",
                        socket -> socket.send(HELLO.unfinished(), RawFrame.close(1000, ""))
                                .mustClose(1000)),
                new SocketCase("a ping and a message in one segment are both answered", socket -> {
                    RawFrame first = socket.send(HELLO, PING).receive();
                    RawFrame second = socket.receive();
                    assertThat(new String[] {first.toString(), second.toString()})
                            .containsExactlyInAnyOrder(HELLO.toString(), PONG.toString());
                }));
    }

    static Stream<SocketCase> violations() {
        return Stream.of(RawFrame.CLOSE, RawFrame.PING, RawFrame.PONG).flatMap(opcode -> {
            String what = "operation " + opcode;
            byte[] status = RawFrame.close(1000, "").payload();
            RawFrame unfinished = new RawFrame(opcode, status);
            Stream<SocketCase> sizes = IntStream.of(126, 127, 65_535, 65_536)
                    .mapToObj(size -> fails(
                            what + " with " + size + " bytes fails",
                            1002,
                            new RawFrame(
                                            RawFrame.FIN | opcode,
                                            RawFrame.close(1000, "x".repeat(size - 2))
                                                    .payload())
                                    .bytes()));
            Stream<SocketCase> others = Stream.of(
                    fails(what + " without FIN fails", 1002, unfinished.bytes()),
                    fails(what + " without FIN or payload fails", 1002, new RawFrame(opcode, new byte[0]).bytes()),
                    fails(
                            what + " without FIN fails within a message",
                            1002,
                            HELLO.unfinished().bytes(),
                            unfinished.bytes()),
                    fails(
                            what + " with 126 bytes fails by its header alone",
                            1002,
                            Arrays.copyOf(new RawFrame(RawFrame.FIN | opcode, new byte[126]).bytes(), 2)),
                    fails(
                            what + " with 2^40 bytes fails by its header alone",
                            1002,
                            RawFrame.announcing(RawFrame.FIN | opcode, 1L << 40)));
            return Stream.concat(sizes, others);
        });
    }

    static Stream<SocketCase> continuations() {
        return Stream.of(
                fails(
                        "a fragmented ping fails",
                        1002,
                        PING.unfinished().bytes(),
                        RawFrame.last("!").bytes()),
                fails(
                        "a continuation of a ping fails",
                        1002,
                        RawFrame.pong("p").bytes(),
                        RawFrame.last("!").bytes()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"pings", "pongs", "between", "violations", "continuations"})
    void control(SocketCase conforming) {
        conforming.on(echo.open());
    }
}
