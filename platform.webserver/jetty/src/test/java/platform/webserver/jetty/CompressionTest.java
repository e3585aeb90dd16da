package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deflating and inflating single messages, with borrowed deflaters and inflaters. */
class CompressionTest {

    private static final int LEAST = 256;

    private final Compression compression = new Compression(LEAST);

    @BeforeEach
    void start() throws Exception {
        compression.start();
    }

    @AfterEach
    void everythingBorrowedIsGivenBack() throws Exception {
        assertThat(compression.borrowed()).isZero();
        compression.stop();
    }

    /** Feeds the pieces and reads all, a few bytes at a time. */
    private byte[] inflate(byte[]... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MessageInflater inflater = compression.inflater()) {
            for (int i = 0; i < pieces.length; i++) {
                byte[] input = MessageInflater.input(pieces[i].length, i == pieces.length - 1);
                System.arraycopy(pieces[i], 0, input, 0, pieces[i].length);
                inflater.feed(input);
                byte[] some = new byte[7];
                while (!inflater.isExhausted()) {
                    out.write(some, 2, inflater.read(some, 2, 5));
                }
            }
        }
        return out.toByteArray();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 257, 1000, 65_536, 1_000_000})
    void whatIsDeflatedIsInflated(int length) {
        byte[] message = new byte[length];
        new Random(8).ints(length / 4, 0, length).forEach(i -> message[i] = (byte) i);
        ByteBuffer given = ByteBuffer.wrap(message).asReadOnlyBuffer();

        byte[] packed = bytes(compression.compress(given));

        assertThat(given.remaining()).isEqualTo(length);
        assertThat(packed).hasSizeLessThan(length);
        assertThat(inflate(packed)).isEqualTo(message);
        assertThat(inflate(Arrays.copyOf(packed, 1), Arrays.copyOfRange(packed, 1, packed.length)))
                .isEqualTo(message);
    }

    @Test
    void whatIsShortOrWouldNotBecomeShorterIsLeftAsItIs() {
        byte[] noise = new byte[10_000];
        new Random(9).nextBytes(noise);

        assertThat(compression.compress(ByteBuffer.wrap(new byte[LEAST - 1]))).isNull();
        assertThat(compression.compress(ByteBuffer.wrap(noise))).isNull();
        assertThat(compression.compress(ByteBuffer.allocate(0))).isNull();
        for (int random = 0; random < 300; random++) {
            byte[] some = Arrays.copyOf(Arrays.copyOf(noise, random), 300);
            ByteBuffer packed = compression.compress(ByteBuffer.wrap(some));
            if (packed != null) {
                assertThat(packed.remaining()).isLessThan(300);
                assertThat(inflate(bytes(packed))).isEqualTo(some);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "f248cdc9c90700,Hello", // RFC 7692 7.2.3.1
        "000500faff48656c6c6f00,Hello", // 7.2.3.3: no compression
        "f348cdc9c9070000,Hello", // 7.2.3.4: the last block is marked
        "f348cdc9c90700,Hello", // the same without the byte that the RFC has behind it
        "f248050000 00ffffcac9c90700,Hello", // 7.2.3.5: two blocks
        "f348cdc9c90700f348cdc9c9070000,HelloHello", // two that are marked
        "00,''",
    })
    void theRfcsExamples(String hex, String message) {
        byte[] packed = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThat(inflate(packed)).isEqualTo(PeerFrames.utf8(message));
        byte[][] single = new byte[packed.length][];
        for (int i = 0; i < packed.length; i++) {
            single[i] = new byte[] {packed[i]};
        }
        assertThat(inflate(single)).isEqualTo(PeerFrames.utf8(message));
    }

    @Test
    void anyNumberOfMarkedBlocksIsRead() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (int i = 0; i < 500; i++) {
            byte[] part = PeerFrames.utf8("part " + i);
            message.writeBytes(part);
            Deflater deflater = new Deflater(9, true);
            deflater.setInput(part);
            deflater.finish();
            byte[] out = new byte[100];
            packed.write(out, 0, deflater.deflate(out));
            deflater.end();
        }

        assertThat(inflate(packed.toByteArray())).isEqualTo(message.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffff", "07", "0001000100"})
    void whatIsNoDeflateStreamIsRefused(String hex) {
        assertThatThrownBy(() -> inflate(HexFormat.of().parseHex(hex)))
                .isInstanceOfSatisfying(
                        FrameException.class, e -> assertThat(e.code()).isEqualTo(1007));
    }
}
