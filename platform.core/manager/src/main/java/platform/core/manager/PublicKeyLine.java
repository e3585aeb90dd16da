package platform.core.manager;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import platform.core.api.PlatformException;

/**
 * A public key as OpenSSH writes it (RFC 4253, section 6.6, in Base64 behind its type).
 *
 * @param text its type, the key in Base64, and a comment
 */
record PublicKeyLine(String text, String fingerprint) {

    private static final int LEAST_RSA_BITS = 3072;
    private static final int MOST_RSA_BITS = 16_384;
    private static final int MOST_CHARACTERS = 8192;
    private static final String RSA = "ssh-rsa";

    /** The length of what follows the type in each kind of key but RSA: the fields are of fixed sizes. */
    private static final Map<String, Integer> LENGTHS = Map.of(
            "ssh-ed25519", 4 + 32,
            "ecdsa-sha2-nistp256", 4 + 8 + 4 + 65,
            "ecdsa-sha2-nistp384", 4 + 8 + 4 + 97,
            "ecdsa-sha2-nistp521", 4 + 8 + 4 + 133);

    /**
     * Reads it.
     *
     * @throws PlatformException INVALID for what is no such line, or a key that is too weak
     */
    static PublicKeyLine parse(String line) {
        String[] words = line.strip().split("[ \t]+", 3);
        if (line.contains("PRIVATE KEY")) {
            throw invalid("This is a private key: keep it to yourself, and give the public one, of the file *.pub");
        }
        String text = String.join(" ", words);
        if (text.length() > MOST_CHARACTERS || words.length < 2 || text.chars().anyMatch(Character::isISOControl)) {
            throw invalid("This is no public key");
        }
        if (!words[0].equals(RSA) && !LENGTHS.containsKey(words[0])) {
            throw invalid("The key's type is none of those that the platform takes, or options precede it");
        }
        byte[] key = decode(words[1]);
        check(words[0], ByteBuffer.wrap(key));
        return new PublicKeyLine(text, fingerprint(key));
    }

    private static PlatformException invalid(String reason) {
        return PlatformException.invalid(reason + ". Use a line as ssh-keygen writes it, without options: ssh-ed25519,"
                + " ecdsa-sha2-nistp256, -384 or -521, or ssh-rsa of at least " + LEAST_RSA_BITS + " bits.");
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw invalid("The key is cut off, or was changed on the way");
        }
    }

    private static void check(String type, ByteBuffer key) {
        try {
            boolean same = type.equals(new String(field(key), StandardCharsets.US_ASCII));
            if (!same || !(type.equals(RSA) ? isStrongRsa(key) : key.remaining() == LENGTHS.get(type))) {
                throw invalid("The key is too weak, or is not of its type");
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw invalid("The key is cut off, or was changed on the way");
        }
    }

    private static boolean isStrongRsa(ByteBuffer key) {
        field(key);
        int bits = new BigInteger(field(key)).bitLength();
        return bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS && !key.hasRemaining();
    }

    private static byte[] field(ByteBuffer key) {
        int length = key.getInt();
        if (length <= 0 || length > key.remaining()) {
            throw new IllegalArgumentException("A field of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        key.get(bytes);
        return bytes;
    }

    private static String fingerprint(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
