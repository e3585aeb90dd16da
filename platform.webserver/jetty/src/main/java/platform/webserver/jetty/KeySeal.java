package platform.webserver.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals private keys before they are written: AES-256-GCM (NIST SP 800-38D), a fresh 96-bit nonce for each sealing, bound to
 * the certificate that the key belongs to, so that a sealed key cannot be put beside another one.
 */
final class KeySeal {

    private static final String KEY = "webserver.key";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    private KeySeal(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** The seal whose key rests in this folder; it is made at the first use. */
    static KeySeal in(Path folder) throws IOException {
        Path file = folder.resolve(KEY);
        if (Files.notExists(file)) {
            byte[] fresh = new byte[KEY_BYTES];
            RANDOM.nextBytes(fresh);
            SecretFiles.write(file, Base64.getEncoder().encode(fresh));
        }
        byte[] encoded = Files.readAllBytes(file);
        try {
            byte[] key = Base64.getDecoder().decode(encoded);
            if (key.length == KEY_BYTES) {
                return new KeySeal(key);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(damaged(file), e);
        }
        throw new IOException(damaged(file));
    }

    private static String damaged(Path file) {
        return file + " is damaged: it holds no key of " + KEY_BYTES + " bytes. Restore it from a backup, or delete it "
                + "with the folder certificates beside it and import the certificates again";
    }

    byte[] seal(byte[] secret, byte[] owner) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, secret, owner);
        return ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** @throws GeneralSecurityException when it was sealed with another key, for another owner, or was changed */
    byte[] open(byte[] sealed, byte[] owner) throws GeneralSecurityException {
        if (sealed.length < NONCE_BYTES) {
            throw new GeneralSecurityException("the sealed key is cut off");
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        return run(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length), owner);
    }

    private byte[] run(int mode, byte[] nonce, byte[] content, byte[] owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner);
        return cipher.doFinal(content);
    }
}
