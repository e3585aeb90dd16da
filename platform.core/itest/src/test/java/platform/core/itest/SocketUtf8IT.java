package platform.core.itest;

import static platform.core.itest.RawFrame.concat;
import static platform.core.itest.RawFrame.hex;
import static platform.core.itest.RawFrame.last;
import static platform.core.itest.RawFrame.text;
import static platform.core.itest.SocketCase.echoes;
import static platform.core.itest.SocketCase.fails;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that is UTF-8 (RFC 3629) passes; other text fails by its first wrong byte (RFC 6455 8.1). */
@SocketConformance
final class SocketUtf8IT {

    private static final int LIMIT = 1 << 20;
    private static final byte[] NOTHING = {};

    /** The first and the last letter of each length, those beside the surrogates, non-characters, and a few words. */
    private static final String[] VALID = {
        "00",
        "7f",
        "c2 80",
        "df bf",
        "e0 a0 80",
        "ed 9f bf",
        "ee 80 80",
        "ef bf bd",
        "ef bf be",
        "ef bf bf",
        "ef b7 90",
        "ef bb bf",
        "f0 90 80 80",
        "f0 9f bf be",
        "f3 bf bf bf",
        "f4 8f bf be",
        "f4 8f bf bf",
        "ce ba e1 bd b9 cf 83 ce bc ce b5",
        "48 65 6c 6c 6f 2d c2 b5 40 c3 9f c3 b6 c3 a4 c3 bc c3 a0 c3 a1 2d 55 54 46",
        "00 00 00",
        "e6 97 a5 e6 9c ac e8 aa 9e",
        "f0 9f 91 a9 e2 80 8d f0 9f 94 ac",
    };

    /** Each is wrong by its last byte, and not before. */
    private static final String[] WRONG_BY_THE_LAST_BYTE = {
        "80",
        "bf",
        "c0",
        "c1",
        "f5",
        "f6",
        "f7",
        "f8",
        "fb",
        "fc",
        "fd",
        "fe",
        "ff",
        "c2 00",
        "c2 7f",
        "c2 c0",
        "df ff",
        "e0 7f",
        "e0 80",
        "e0 9f",
        "e0 c0",
        "e1 7f",
        "e1 c0",
        "e2 82 28",
        "ed a0",
        "ed ad",
        "ed ae",
        "ed b0",
        "ed bf",
        "ef bf c0",
        "f0 7f",
        "f0 80",
        "f0 8f",
        "f0 c0",
        "f1 28",
        "f0 9f 28",
        "f0 9f 98 28",
        "f0 9f 98 c0",
        "f4 90",
        "f4 bf",
        "f4 8f bf c0",
        "c3 bc bc",
        "ce ba e1 bd b9 cf 83 ce bc ce b5 ed a0",
    };

    private static final String[] UNFINISHED = {
        "c2", "df", "e0", "e0 a0", "e2", "e2 82", "ed 9f", "ef bf", "f0", "f0 90", "f0 9f 98", "f4 8f bf", "61 c3",
    };

    private final SocketEcho echo;

    SocketUtf8IT(SocketEcho echo) {
        this.echo = echo;
    }

    static Stream<SocketCase> valid() {
        return Stream.of(VALID).map(bytes -> echoes(bytes + " is valid", text(hex(bytes))));
    }

    /** Within a frame that announces more, so that only the bytes themselves can have failed. */
    static Stream<SocketCase> wrong() {
        return Stream.of(WRONG_BY_THE_LAST_BYTE).flatMap(bytes -> {
            byte[] wrong = hex(bytes);
            byte[] longer = text(concat(wrong, new byte[1_000])).bytes();
            return Stream.of(
                    fails(bytes + " fails", 1007, text(wrong).bytes()),
                    fails(bytes + " fails within a frame", 1007, Arrays.copyOf(longer, 8 + wrong.length)),
                    fails(
                            bytes + " fails within a message",
                            1007,
                            text(wrong).unfinished().bytes()),
                    new SocketCase(
                            bytes + " fails by its last byte and not before", socket -> byteByByte(socket, wrong)));
        });
    }

    private static void byteByByte(RawSocket socket, byte[] wrong) {
        socket.send(text("").unfinished());
        for (byte next : wrong) {
            socket.send(RawFrame.ping("p"))
                    .mustReceive(RawFrame.pong("p"))
                    .send(last(new byte[] {next}).unfinished());
        }
        socket.mustClose(1007);
    }

    static Stream<SocketCase> unfinished() {
        return Stream.of(UNFINISHED)
                .flatMap(bytes -> Stream.of(
                        fails(
                                bytes + " fails at the end of a message",
                                1007,
                                text(hex(bytes)).bytes()),
                        fails(
                                bytes + " fails at the end of a fragmented message",
                                1007,
                                text(hex(bytes)).unfinished().bytes(),
                                last(NOTHING).bytes()),
                        new SocketCase(
                                bytes + " does not fail while more may come",
                                socket -> socket.send(text(hex(bytes)).unfinished(), RawFrame.ping("p"))
                                        .mustReceive(RawFrame.pong("p")))));
    }

    static Stream<SocketCase> splits() {
        return Stream.of("ü", "€", "😀", "\uDBFF\uDFFF").flatMap(letter -> {
            byte[] bytes = letter.getBytes(StandardCharsets.UTF_8);
            String name = String.format("U+%X", letter.codePointAt(0));
            SocketCase single = new SocketCase(name + " may come in fragments of one byte", socket -> {
                socket.send(text("").unfinished());
                for (byte next : bytes) {
                    socket.send(last(new byte[] {next}).unfinished(), RawFrame.ping("p"))
                            .mustReceive(RawFrame.pong("p"));
                }
                socket.send(last(NOTHING)).mustReceive(text(letter));
            });
            Stream<SocketCase> halves = IntStream.range(1, bytes.length).boxed().flatMap(at -> split(name, bytes, at));
            return Stream.concat(Stream.of(single), halves);
        });
    }

    private static Stream<SocketCase> split(String name, byte[] bytes, int at) {
        byte[] begin = Arrays.copyOf(bytes, at);
        byte[] end = Arrays.copyOfRange(bytes, at, bytes.length);
        byte[] frame = text(bytes).bytes();
        return Stream.of(
                new SocketCase(
                        name + " may be cut after byte " + at + " by the end of a fragment",
                        socket ->
                                socket.send(text(begin).unfinished(), last(end)).mustReceive(text(bytes))),
                new SocketCase(
                        name + " may be cut after byte " + at + " by the end of a segment",
                        socket -> socket.send(Arrays.copyOf(frame, 6 + at))
                                .send(Arrays.copyOfRange(frame, 6 + at, frame.length))
                                .mustReceive(text(bytes))));
    }

    static Stream<SocketCase> places() {
        return IntStream.of(0, 1, 3, 4, 7, 8, 9, 15, 16, 31, 32, 4_095, 4_096, 70_000)
                .mapToObj(place -> {
                    byte[] bytes = "a".repeat(place + 100).getBytes(StandardCharsets.UTF_8);
                    bytes[place] = (byte) 0xff;
                    return fails(
                            "a wrong byte after " + place + " letters fails",
                            1007,
                            text(bytes).bytes());
                });
    }

    static Stream<SocketCase> large() {
        RawFrame letters = text("😀".repeat(LIMIT / 4));
        byte[] wrong = letters.payload().clone();
        wrong[LIMIT - 1] = 'x';
        return Stream.of(
                echoes("a message of the limit's size in letters of four bytes is valid", letters),
                new SocketCase(
                        "and may arrive in segments that cut letters",
                        socket -> socket.sendInChops(997, letters.bytes()).mustReceive(letters)),
                fails("its last byte may be what is wrong", 1007, text(wrong).bytes()),
                new SocketCase("and it may come in fragments that cut letters", socket -> {
                    byte[] all = letters.payload();
                    socket.send(text(Arrays.copyOf(all, 333_333)).unfinished())
                            .send(last(Arrays.copyOfRange(all, 333_333, 777_777))
                                    .unfinished())
                            .send(last(Arrays.copyOfRange(all, 777_777, LIMIT)))
                            .mustReceive(letters);
                }));
    }

    static Stream<SocketCase> state() {
        return Stream.of(
                echoes("bytes that are no text may be binary", RawFrame.binary(hex("ff c0 80 ed a0 80 f5"))),
                new SocketCase(
                        "what a text has ended with does not matter to the next",
                        socket -> socket.mustEcho(text("ü"))
                                .mustEcho(text("€"))
                                .send(text(hex("bc")))
                                .mustClose(1007)),
                new SocketCase(
                        "binary within a session of texts is not looked at",
                        socket -> socket.mustEcho(text("ü"))
                                .mustEcho(RawFrame.binary(hex("c3")))
                                .mustEcho(text("ü"))),
                new SocketCase(
                        "a fragmented binary is not looked at",
                        socket -> socket.send(RawFrame.binary(hex("c3")).unfinished(), last(hex("c3")))
                                .mustReceive(RawFrame.binary(hex("c3 c3")))),
                new SocketCase(
                        "a pair of surrogates in six bytes fails",
                        socket -> socket.send(text(hex("ed a0 bd ed b8 80"))).mustClose(1007)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"valid", "wrong", "unfinished", "splits", "places", "large", "state"})
    void utf8(SocketCase conforming) {
        conforming.on(echo.open());
    }
}
