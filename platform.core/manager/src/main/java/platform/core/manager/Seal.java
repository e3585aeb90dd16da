package platform.core.manager;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what must not be read out of the manager's database: AES-256-GCM (NIST SP 800-38D), a fresh 96-bit nonce for each
 * sealing, bound to what it belongs to, so that a sealed value cannot be moved to another row.
 */
final class Seal {

    /** The name of the key among the secrets: it is made when the manager's database has been opened for the first time. */
    static final String KEY = "seal.key";

    private static final String FORMAT = "1:";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /** The key is made at the first use, and kept with the secrets. */
    Seal(Secrets secrets) {
        String encoded = secrets.getOrKeep(KEY, Seal::newKey);
        this.key = new SecretKeySpec(Base64.getDecoder().decode(encoded), "AES");
    }

    private static String newKey() {
        byte[] fresh = new byte[32];
        RANDOM.nextBytes(fresh);
        return Base64.getEncoder().encodeToString(fresh);
    }

    String seal(String secret, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, owner, secret.getBytes(StandardCharsets.UTF_8));
        byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return FORMAT + Base64.getEncoder().encodeToString(whole);
    }

    /**
     * @throws IllegalStateException when it was sealed with another key, for another owner, or was changed
     */
    String open(String sealed, String owner) {
        if (!sealed.startsWith(FORMAT)) {
            throw new IllegalStateException("A secret of " + owner + " has an unknown format");
        }
        ByteBuffer whole = ByteBuffer.wrap(Base64.getDecoder().decode(sealed.substring(FORMAT.length())));
        byte[] nonce = new byte[NONCE_BYTES];
        whole.get(nonce);
        byte[] content = new byte[whole.remaining()];
        whole.get(content);
        return new String(run(Cipher.DECRYPT_MODE, nonce, owner, content), StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] nonce, String owner, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "A secret of " + owner + " cannot be opened: is secrets/seal.key the one it was sealed with?", e);
        }
    }
}
