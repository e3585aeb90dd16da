package platform.core.manager;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Slow salted hashes of passwords: Argon2id (RFC 9106) with 19 MiB and two passes, as OWASP recommends it, kept as
 * {@code argon2id:memory:passes:salt:hash}. The launcher's {@code pbkdf2-sha512:iterations:salt:hash} is understood, too. Each
 * says how it was made, so that the parameters can grow.
 */
final class PasswordHash {

    private static final String ARGON = "argon2id";
    private static final String PBKDF = "pbkdf2-sha512";
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Fits no password, and takes the time that others take. */
    static final String NOBODYS = line(new byte[SALT_BYTES], new byte[HASH_BYTES]);

    /** Each costs memory and a core: a flood of logins waits in line rather than take all of both. */
    private static final Semaphore PLACES = new Semaphore(2, true);

    private PasswordHash() {}

    static String of(char[] password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return line(salt, argon(password, salt, MEMORY_KIB, PASSES, HASH_BYTES));
    }

    private static String line(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder();
        return String.join(
                ":",
                ARGON,
                String.valueOf(MEMORY_KIB),
                String.valueOf(PASSES),
                base64.encodeToString(salt),
                base64.encodeToString(hash));
    }

    /** Whether a new hash would be made in the same way. */
    static boolean isCurrent(String hash) {
        return hash.startsWith(ARGON + ":" + MEMORY_KIB + ":" + PASSES + ":");
    }

    /**
     * @throws IllegalArgumentException when it is no hash of these kinds
     */
    static boolean matches(String hash, char[] password) {
        String[] fields = hash.split(":");
        Base64.Decoder base64 = Base64.getDecoder();
        byte[] expected = base64.decode(fields[fields.length - 1]);
        byte[] salt = base64.decode(fields[fields.length - 2]);
        byte[] given = switch (fields[0]) {
            case ARGON ->
                argon(password, salt, Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), expected.length);
            case PBKDF -> pbkdf(password, salt, Integer.parseInt(fields[1]), expected.length);
            default -> throw new IllegalArgumentException("A password's hash has an unknown format");
        };
        return MessageDigest.isEqual(expected, given);
    }

    private static byte[] argon(char[] password, byte[] salt, int memory, int passes, int bytes) {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(1)
                .withSalt(salt)
                .build();
        byte[] hash = new byte[bytes];
        PLACES.acquireUninterruptibly();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(parameters);
            generator.generateBytes(utf8(password), hash);
        } finally {
            PLACES.release();
        }
        return hash;
    }

    private static byte[] utf8(char[] password) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        return Arrays.copyOf(encoded.array(), encoded.limit());
    }

    private static byte[] pbkdf(char[] password, byte[] salt, int iterations, int bytes) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, bytes * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
        }
    }
}
