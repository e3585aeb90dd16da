package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;

/**
 * Searches for bytes, pieces and pauses that the reader of frames does not bear: it may throw a {@link FrameException} and
 * nothing else, must hand on the same messages whatever the pieces, and give back what it borrowed.
 */
class FrameReaderFuzzTest {

    private static final int LIMIT = 3000;
    private static final int PIECE = 17 * 1024;
    private static final int[] OPCODES = {0, 1, 2, 0, 1, 2, 8, 9, 10};

    private static final long[] LENGTHS = {
        0,
        1,
        125,
        126,
        LIMIT - 1,
        LIMIT,
        LIMIT + 1,
        65_535,
        65_536,
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        -1,
        Long.MIN_VALUE
    };

    private static final String[] TEXTS = {"", "x", "ü", "€", "😀", "a longer text"};

    private static final Compression COMPRESSION = started();

    private static Compression started() {
        Compression compression = new Compression(256);
        try {
            compression.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return compression;
    }

    /** The time-out is for one input. */
    @Timeout(20)
    @FuzzTest(maxDuration = "7s")
    void anyBytesInAnyPieces(FuzzedDataProvider data) {
        boolean inParts = data.consumeBoolean();
        Compression compression = data.consumeBoolean() ? COMPRESSION : null;
        long seed = data.consumeLong();
        byte[] bytes = data.consumeBoolean() ? frames(data) : data.consumeRemainingAsBytes();

        Outcome atOnce = read(new RecordingSink(inParts, LIMIT, compression), bytes, List.of(PIECE));
        RecordingSink sink = new RecordingSink(inParts, LIMIT, compression);
        Random random = new Random(seed);
        sink.pauses = random;
        Outcome inPieces = read(sink, bytes, List.of(1 + random.nextInt(3), 1 + random.nextInt(300), 1));

        assertThat(inPieces.messages).isEqualTo(atOnce.messages);
        assertThat(inPieces.code).isEqualTo(atOnce.code);
    }

    private record Outcome(List<String> messages, int code) {}

    private static Outcome read(RecordingSink sink, byte[] bytes, List<Integer> sizes) {
        int code = 0;
        try {
            int at = 0;
            for (int i = 0; at < bytes.length; i++) {
                int end = Math.min(bytes.length, at + sizes.get(i % sizes.size()));
                sink.receive(Arrays.copyOfRange(bytes, at, end));
                at = end;
            }
        } catch (FrameException e) {
            code = e.code() == CloseCodes.TOO_LARGE ? CloseCodes.BAD_PAYLOAD : e.code();
        }
        assertThat(sink.mostHeld).isLessThanOrEqualTo(4 * LIMIT + 2 * PIECE + Compression.INFLATER_BYTES);
        sink.reader.release();
        assertThat(COMPRESSION.borrowed()).isZero();
        return new Outcome(sink.messages(), code);
    }

    /** Frames that are well-formed for the most part, so that what they carry is reached. */
    private static byte[] frames(FuzzedDataProvider data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (data.remainingBytes() > 0) {
            int first = data.pickValue(OPCODES) | (data.consumeInt(0, 3) == 0 ? 0 : Frames.FIN);
            byte[] payload = data.consumeBytes(data.consumeInt(0, 200));
            switch (data.consumeInt(0, 5)) {
                case 0 -> out.writeBytes(PeerFrames.header(first, data.pickValue(LENGTHS)));
                case 1 -> out.writeBytes(PeerFrames.frame(first | Frames.COMPRESSED, PeerFrames.deflate(payload)));
                case 2 -> out.writeBytes(PeerFrames.frame(first | Frames.COMPRESSED, payload));
                case 3 -> out.writeBytes(PeerFrames.frame(first, cutText(data)));
                default -> out.writeBytes(PeerFrames.frame(first, payload));
            }
        }
        return out.toByteArray();
    }

    /** It may end within a character, which the next frame then goes on with. */
    private static byte[] cutText(FuzzedDataProvider data) {
        byte[] text = PeerFrames.utf8("ü€😀".substring(data.consumeInt(0, 3)) + data.pickValue(TEXTS));
        return Arrays.copyOf(text, Math.max(0, text.length - data.consumeInt(0, 3)));
    }
}
