package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MasksTest {

    private static final int[] KEYS = {0, 0x01020304, 0x81828384, 0xffffffff, 0x80000000, 0x000000ff};

    @Test
    void everyLengthAtEveryPlaceIsMaskedAsByteByByte() {
        byte[] original = new byte[64];
        new Random(1).nextBytes(original);
        for (int key : KEYS) {
            for (int from = 0; from < 12; from++) {
                for (int to = from; to <= from + 40; to++) {
                    for (long offset = 0; offset < 5; offset++) {
                        byte[] bytes = original.clone();
                        Masks.apply(key, offset, bytes, from, to);
                        assertThat(bytes).isEqualTo(naive(key, offset, original, from, to));
                    }
                }
            }
        }
    }

    @Test
    void aPayloadBeyondTwoGigabytesGoesOnWithTheRightByteOfTheKey() {
        for (long offset : new long[] {Integer.MAX_VALUE, 1L + Integer.MAX_VALUE, (1L << 40) + 3, Long.MAX_VALUE}) {
            byte[] bytes = new byte[19];
            Masks.apply(0x01020304, offset, bytes, 0, bytes.length);
            assertThat(bytes).isEqualTo(naive(0x01020304, offset, new byte[19], 0, 19));
        }
    }

    private static byte[] naive(int key, long offset, byte[] bytes, int from, int to) {
        byte[] four = {(byte) (key >> 24), (byte) (key >> 16), (byte) (key >> 8), (byte) key};
        byte[] masked = bytes.clone();
        for (int i = from; i < to; i++) {
            masked[i] ^= four[(int) ((offset % 4 + i - from) % 4)];
        }
        return masked;
    }
}
