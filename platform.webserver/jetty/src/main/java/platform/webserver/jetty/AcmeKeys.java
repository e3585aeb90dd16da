package platform.webserver.jetty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The keys for ACME: that of the account, made once and sealed in its file, and a fresh one for each certificate. */
final class AcmeKeys {

    private static final String FILE = "acme-account.key";
    private static final byte[] OWNER = "ACME account".getBytes(StandardCharsets.US_ASCII);

    private final Path folder;

    /** @param folder of the platform's secrets */
    AcmeKeys(Path folder) {
        this.folder = folder;
    }

    /**
     * The key of the account at the authority; made if there is none.
     *
     * @throws AcmeProblem when it can neither be read nor kept
     */
    synchronized KeyPair account() throws AcmeProblem {
        Path file = folder.resolve(FILE);
        try {
            SecretFiles.makeFolder(folder);
            KeySeal seal = KeySeal.in(folder);
            if (Files.exists(file)) {
                return decode(seal.open(Files.readAllBytes(file), OWNER));
            }
            KeyPair keys = fresh();
            SecretFiles.write(file, seal.seal(encode(keys), OWNER));
            return keys;
        } catch (IOException e) {
            throw new AcmeProblem(
                    "The key of the ACME account cannot be kept in " + file + ": " + e.getMessage()
                            + ". Make sure that the platform's user can write there.",
                    e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new AcmeProblem(
                    "The key of the ACME account in " + file + " cannot be opened: " + e.getMessage()
                            + ". Restore it and webserver.key from a backup, or delete it: a new account is made then.",
                    e);
        }
    }

    /** A key for one certificate. Browsers and authorities all take this curve. */
    static KeyPair fresh() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no P-256 keys", e);
        }
    }

    private static byte[] encode(KeyPair keys) {
        Base64.Encoder encoder = Base64.getEncoder();
        return (encoder.encodeToString(keys.getPrivate().getEncoded()) + ":"
                        + encoder.encodeToString(keys.getPublic().getEncoded()))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static KeyPair decode(byte[] content) throws GeneralSecurityException {
        String[] parts = new String(content, StandardCharsets.US_ASCII).split(":", 2);
        KeyFactory factory = KeyFactory.getInstance("EC");
        Base64.Decoder decoder = Base64.getDecoder();
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(decoder.decode(parts[1]))),
                factory.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(parts[0]))));
    }
}
