package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static platform.webserver.jetty.PeerFrames.binary;
import static platform.webserver.jetty.PeerFrames.compressed;
import static platform.webserver.jetty.PeerFrames.concat;
import static platform.webserver.jetty.PeerFrames.frame;
import static platform.webserver.jetty.PeerFrames.header;
import static platform.webserver.jetty.PeerFrames.text;
import static platform.webserver.jetty.PeerFrames.utf8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the pieces in which bytes arrive, and whenever the sink pauses, the messages are the same. */
class MessageReaderTest {

    private static final int LIMIT = 100_000;

    private final Compression compression = new Compression(256);

    @BeforeEach
    void start() throws Exception {
        compression.start();
    }

    @AfterEach
    void everythingBorrowedIsGivenBack() throws Exception {
        assertThat(compression.borrowed()).isZero();
        compression.stop();
    }

    private RecordingSink whole() {
        return new RecordingSink(false, LIMIT, compression);
    }

    private RecordingSink inParts() {
        return new RecordingSink(true, LIMIT, compression);
    }

    /** One of every kind of frame, in every state of a message. */
    private static byte[] conversation() {
        byte[] euro = utf8("10 €");
        byte[] packed = PeerFrames.deflate(utf8("Über Geld spricht man nicht. ".repeat(5)));
        return concat(
                text("Hällo"),
                text(""),
                binary(new byte[] {1, 2, 3}),
                frame(0x01, Arrays.copyOf(euro, 4)),
                frame(0x89, utf8("ping")),
                frame(0x00, new byte[0]),
                frame(0x80, Arrays.copyOfRange(euro, 4, euro.length)),
                frame(0x02, new byte[] {4}),
                frame(0x8a, new byte[0]),
                frame(0x80, new byte[0]),
                compressed(1, utf8("zip")),
                frame(0x41, Arrays.copyOf(packed, 7)),
                frame(0x89, new byte[] {9}),
                frame(0x80, Arrays.copyOfRange(packed, 7, packed.length)),
                compressed(2, new byte[0]),
                binary(new byte[126]),
                frame(0x88, new byte[] {3, (byte) 0xe8}));
    }

    private static final List<String> MESSAGES = List.of(
            "text Hällo",
            "text ",
            "binary [1, 2, 3]",
            "9 [112, 105, 110, 103]",
            "text 10 €",
            "10 []",
            "binary [4]",
            "text zip",
            "9 [9]",
            "text " + "Über Geld spricht man nicht. ".repeat(5),
            "binary []",
            "binary " + Arrays.toString(new byte[126]),
            "8 [3, -24]");

    @Test
    void aConversationInOnePiece() {
        assertThat(whole().receive(conversation()).messages()).isEqualTo(MESSAGES);
        assertThat(inParts().receive(conversation()).messages()).isEqualTo(MESSAGES);
    }

    @Test
    void aConversationSplitAnywhere() {
        byte[] bytes = conversation();
        for (int split = 0; split <= bytes.length; split++) {
            for (RecordingSink sink : List.of(whole(), inParts())) {
                sink.receive(Arrays.copyOf(bytes, split)).receive(Arrays.copyOfRange(bytes, split, bytes.length));
                assertThat(sink.messages()).as("split at %s", split).isEqualTo(MESSAGES);
                assertThat(sink.reader.isIdle()).isTrue();
                assertThat(sink.reader.held()).isZero();
            }
        }
    }

    @Test
    void aConversationByteByByte() {
        for (RecordingSink sink : List.of(whole(), inParts())) {
            for (byte b : conversation()) {
                sink.receive(new byte[] {b});
            }
            assertThat(sink.messages()).isEqualTo(MESSAGES);
        }
    }

    @Test
    void aSinkThatPausesLosesAndRepeatsNothing() {
        byte[] bytes = conversation();
        Random random = new Random(4);
        for (int i = 0; i < 3000; i++) {
            RecordingSink sink = random.nextBoolean() ? whole() : inParts();
            sink.pauses = i == 0 ? new Random() : new Random(i);
            int at = 0;
            while (at < bytes.length) {
                int n = Math.min(bytes.length - at, 1 + random.nextInt(60));
                sink.receive(Arrays.copyOfRange(bytes, at, at + n));
                at += n;
            }
            assertThat(sink.messages()).as("seed %s", i).isEqualTo(MESSAGES);
            assertThat(sink.reader.isIdle()).isTrue();
            assertThat(sink.reader.held()).isZero();
        }
    }

    @Test
    void aLargeInflatedMessageIsHandedOnInPartsWithPausesBetween() {
        String message = "0123456789äöü€😀".repeat(20_000);
        RecordingSink sink = inParts();
        sink.alwaysPauses = true;

        sink.receive(compressed(1, utf8(message)));

        assertThat(sink.messages()).isEqualTo(List.of("text " + message));
        assertThat(sink.parts.size()).isBetween(10, 100);
        assertThat(sink.mostHeld).isLessThan(120_000);
    }

    @Test
    void aPartNeverSplitsACharacter() {
        byte[] smile = frame(0x81, utf8("a😀"));
        RecordingSink sink = inParts();

        for (byte b : smile) {
            sink.receive(new byte[] {b});
        }

        assertThat(sink.parts).isEqualTo(List.of("text a", "text 😀 last"));
    }

    @Test
    void aMessageMayHaveAsManyBytesAsTheLimit() {
        byte[] most = new byte[LIMIT];

        assertThat(whole().receive(binary(most)).messages()).hasSize(1);
        assertThat(whole().receive(compressed(2, most)).messages()).hasSize(1);
        assertThat(whole().receive(concat(frame(0x02, new byte[LIMIT - 1]), frame(0x80, new byte[1])))
                        .messages())
                .hasSize(1);
        assertThat(inParts().receive(binary(new byte[3 * LIMIT])).messages()).hasSize(1);
    }

    @Test
    void oneByteMoreIsTooLarge() {
        assertThat(whole().refuses(header(0x82, LIMIT + 1))).isEqualTo(1009);
        assertThat(whole().refuses(header(0x82, Long.MAX_VALUE))).isEqualTo(1009);
        assertThat(whole().refuses(concat(frame(0x02, new byte[LIMIT]), header(0x00, 1))))
                .isEqualTo(1009);
        assertThat(whole().refuses(compressed(2, new byte[LIMIT + 1]))).isEqualTo(1009);
    }

    @Test
    void aBombIsRefusedBeforeItIsLarge() {
        RecordingSink sink = whole();

        assertThat(sink.refuses(compressed(2, new byte[50_000_000]))).isEqualTo(1009);

        assertThat(sink.mostHeld).isLessThanOrEqualTo(LIMIT + 1 + Compression.INFLATER_BYTES);
    }

    @Test
    void whatIsOnlyAnnouncedTakesNoMemory() {
        for (RecordingSink sink : List.of(whole(), inParts())) {
            sink.receive(concat(header(0x02, LIMIT), new byte[10]));
            assertThat(sink.reader.held()).isLessThanOrEqualTo(20);
            sink.reader.release();
        }
        RecordingSink compressed = whole();
        compressed.receive(concat(header(0xc2, LIMIT), new byte[1]));
        assertThat(compressed.reader.held()).isLessThanOrEqualTo(512 + Compression.INFLATER_BYTES);
        compressed.reader.release();
    }

    @Test
    void aMessageNeverTakesMoreThanItsLimit() {
        RecordingSink sink = whole();
        sink.receive(frame(0x02, new byte[LIMIT - 50]));
        sink.receive(frame(0x00, new byte[10]));
        sink.receive(frame(0x00, new byte[10]));

        assertThat(sink.mostHeld).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void aFrameOfAnyLengthFollowsHalfACharacter() {
        RecordingSink sink = inParts();

        sink.receive(concat(frame(0x01, new byte[] {(byte) 0xc3}), header(0x80, Long.MAX_VALUE)));
        sink.receive(new byte[] {(byte) (0xbc ^ 0x81)});

        assertThat(sink.parts).isEqualTo(List.of("text ü"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8080", // a continuation of nothing
                "0180000000000180", // a message within a message
                "c180", // compressed, though that was not agreed on
                "a180", // another reserved bit
                "8380", // a reserved opcode
                "8b80", // a reserved opcode of a control frame
                "0980", // a ping in parts
                "89fe", // a ping that is too long
                "8101", // not masked
                "81fe0000", // a length that is too long for what it says
            })
    void whatBreaksTheProtocolIsRefusedHoweverItIsSplit(String hex) {
        byte[] bytes = concat(text("before"), HexFormat.of().parseHex(hex), new byte[20]);
        for (int split = 0; split <= bytes.length; split++) {
            RecordingSink sink = new RecordingSink(false, LIMIT, null);
            assertThat(sink.refuses(bytes, split)).as("split at %s", split).isEqualTo(1002);
            assertThat(sink.messages()).isEqualTo(List.of("text before"));
        }
    }

    @Test
    void textThatIsNotUtf8IsRefusedAtItsFirstBadByte() {
        assertThat(whole().refuses(concat(header(0x81, 1000), new byte[] {(byte) (0xff ^ 0x81)})))
                .isEqualTo(1007);
        assertThat(whole().refuses(frame(0x81, new byte[] {(byte) 0xc3}))).isEqualTo(1007);
        assertThat(whole().refuses(compressed(1, new byte[] {(byte) 0xc3}))).isEqualTo(1007);
        assertThat(inParts().refuses(concat(frame(0x01, new byte[] {(byte) 0xe2}), frame(0x80, utf8("x")))))
                .isEqualTo(1007);
    }

    @Test
    void aCompressedMessageThatIsNoneIsRefused() {
        assertThat(whole().refuses(frame(0xc2, new byte[] {(byte) 0xff, (byte) 0xff})))
                .isEqualTo(1007);
        assertThat(inParts().refuses(frame(0xc1, new byte[] {(byte) 0x07, 1, 2, 3})))
                .isEqualTo(1007);
    }

    @Test
    void manyMessagesInPiecesOfAnySize() {
        Random random = new Random(5);
        List<String> sent = new ArrayList<>();
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] message = new byte[random.nextInt(3) == 0 ? random.nextInt(40_000) : random.nextInt(300)];
            random.nextBytes(message);
            sent.add("binary " + Arrays.toString(message));
            frames.add(random.nextBoolean() ? compressed(2, message) : binary(message));
        }
        ByteBuffer all = ByteBuffer.wrap(concat(frames.toArray(byte[][]::new)));
        RecordingSink sink = whole();
        sink.pauses = random;

        while (all.hasRemaining()) {
            byte[] piece = new byte[Math.min(all.remaining(), 1 + random.nextInt(17 * 1024))];
            all.get(piece);
            sink.receive(piece);
        }

        assertThat(sink.messages()).isEqualTo(sent);
    }
}
