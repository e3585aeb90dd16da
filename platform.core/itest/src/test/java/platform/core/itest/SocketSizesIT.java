package platform.core.itest;

import static platform.core.itest.SocketCase.fails;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of every size that changes the form of a length or meets a limit, in segments of several sizes. */
@SocketConformance
final class SocketSizesIT {

    private static final int LIMIT = 1 << 20;
    private static final int[] SIZES = {0, 1, 125, 126, 127, 128, 65_535, 65_536, 65_537, LIMIT};

    private final SocketEcho echo;

    SocketSizesIT(SocketEcho echo) {
        this.echo = echo;
    }

    private static RawFrame binary(int size) {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        return RawFrame.binary(payload);
    }

    private static RawFrame text(int size) {
        return RawFrame.text(new Random(size)
                .ints(size, ' ', '~' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
    }

    static Stream<SocketCase> whole() {
        return IntStream.of(SIZES)
                .boxed()
                .flatMap(size -> Stream.of(
                        SocketCase.echoes("a text of " + size + " bytes comes back", text(size)),
                        SocketCase.echoes("a binary of " + size + " bytes comes back", binary(size))));
    }

    static Stream<SocketCase> chopped() {
        return Stream.concat(
                IntStream.of(SIZES).filter(size -> size < LIMIT).boxed().flatMap(size -> inChops(size, 1)),
                IntStream.of(SIZES).filter(size -> size > 997).boxed().flatMap(size -> inChops(size, 997)));
    }

    private static Stream<SocketCase> inChops(int size, int chop) {
        return Stream.of(inChops("a text", text(size), chop), inChops("a binary", binary(size), chop));
    }

    private static SocketCase inChops(String what, RawFrame message, int chop) {
        int size = message.payload().length;
        return new SocketCase(
                what + " of " + size + " bytes may arrive in chops of " + chop,
                socket -> socket.sendInChops(chop, message.bytes()).mustReceive(message));
    }

    static Stream<SocketCase> limits() {
        return Stream.of(
                fails(
                        "a text of one byte more than the limit is refused",
                        1009,
                        text(LIMIT + 1).bytes()),
                fails(
                        "a binary of one byte more than the limit is refused",
                        1009,
                        binary(LIMIT + 1).bytes()),
                new SocketCase(
                        "messages of the limit's size may follow each other",
                        socket -> socket.mustEcho(binary(LIMIT))
                                .mustEcho(text(LIMIT))
                                .mustEcho(binary(LIMIT))),
                new SocketCase(
                        "sizes may change from message to message",
                        socket -> IntStream.of(SIZES)
                                .forEach(size -> socket.mustEcho(text(size)).mustEcho(binary(SIZES[9] - size)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"whole", "chopped", "limits"})
    void sizes(SocketCase conforming) {
        conforming.on(echo.open());
    }
}
