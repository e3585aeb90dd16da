package platform.core.appsocket;

/**
 * The stream cipher RC4, of which RFC 7465 says why nobody should use it: here only for existing clients. Java's own refuses
 * keys of more than 128 bytes, which a long seed makes.
 */
final class Rc4 {

    private static final int SIZE = 256;

    private final int[] state = new int[SIZE];
    private int first;
    private int second;

    Rc4(byte[] key) {
        for (int i = 0; i < SIZE; i++) {
            state[i] = i;
        }
        int other = 0;
        for (int i = 0; i < SIZE; i++) {
            other = (other + state[i] + key[i % key.length]) & 0xff;
            swap(i, other);
        }
    }

    /** Encrypts or decrypts. */
    byte[] apply(byte[] data) {
        byte[] result = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            result[i] = (byte) (data[i] ^ next());
        }
        return result;
    }

    private int next() {
        first = (first + 1) & 0xff;
        second = (second + state[first]) & 0xff;
        swap(first, second);
        return state[(state[first] + state[second]) & 0xff];
    }

    private void swap(int one, int other) {
        int kept = state[one];
        state[one] = state[other];
        state[other] = kept;
    }
}
