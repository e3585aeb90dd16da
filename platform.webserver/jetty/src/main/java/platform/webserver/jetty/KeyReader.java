package platform.webserver.jetty;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Private keys in PKCS#1, PKCS#8 and EC form (SEC 1), plain or encrypted, as OpenSSL has written them over the years. */
final class KeyReader {

    private static final Map<String, String> FOREIGN = Map.of(
            "OPENSSH PRIVATE KEY", "a key for SSH, not for HTTPS. Convert it with: ssh-keygen -p -m PKCS8 -f FILE",
            "DSA PRIVATE KEY", "a DSA key, which no browser accepts. Get a certificate for an RSA or EC key");

    private final Material material;
    private final Optional<String> passphrase;

    KeyReader(Material material, Optional<String> passphrase) {
        this.material = material;
        this.passphrase = passphrase;
    }

    void read(PemBlock block) throws UnusableException {
        String foreign = FOREIGN.get(block.label());
        if (foreign != null) {
            throw new UnusableException("The private key " + block.place() + " is " + foreign + ".");
        }
        material.add(key(parsed(block), block.place()));
    }

    private static Object parsed(PemBlock block) throws UnusableException {
        try (PEMParser parser = new PEMParser(new StringReader(pem(block)))) {
            return parser.readObject();
        } catch (IOException | RuntimeException e) {
            throw damaged(block.place(), e);
        }
    }

    private static String pem(PemBlock block) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            List<PemHeader> headers = block.headers().entrySet().stream()
                    .map(h -> new PemHeader(h.getKey(), h.getValue()))
                    .toList();
            writer.writeObject(new PemObject(block.label(), headers, block.der()));
        }
        return text.toString();
    }

    private PrivateKey key(Object parsed, String place) throws UnusableException {
        if (parsed instanceof PEMKeyPair pair) {
            return converted(pair.getPrivateKeyInfo(), place);
        }
        if (parsed instanceof PrivateKeyInfo info) {
            return converted(info, place);
        }
        if (parsed instanceof PEMEncryptedKeyPair pair) {
            return decrypted(pair, place);
        }
        if (parsed instanceof PKCS8EncryptedPrivateKeyInfo info) {
            return decrypted(info, place);
        }
        throw damaged(place, null);
    }

    private static PrivateKey converted(PrivateKeyInfo info, String place) throws UnusableException {
        try {
            return new JcaPEMKeyConverter().getPrivateKey(info);
        } catch (PEMException | RuntimeException e) {
            throw new UnusableException(
                    "The private key " + place + " is of a kind that browsers do not accept ("
                            + info.getPrivateKeyAlgorithm().getAlgorithm()
                            + "), or is damaged. Use an RSA key, or an EC key on "
                            + "P-256, P-384 or P-521.",
                    e);
        }
    }

    private PrivateKey decrypted(PEMEncryptedKeyPair pair, String place) throws UnusableException {
        char[] secret = secret(place);
        try {
            PEMKeyPair plain = pair.decryptKeyPair(new BcPEMDecryptorProvider(secret));
            return converted(plain.getPrivateKeyInfo(), place);
        } catch (IOException | RuntimeException | UnusableException e) {
            throw wrong(place, e);
        }
    }

    private PrivateKey decrypted(PKCS8EncryptedPrivateKeyInfo info, String place) throws UnusableException {
        char[] secret = secret(place);
        try {
            PrivateKeyInfo plain = info.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(secret));
            return converted(plain, place);
        } catch (PKCSException | OperatorCreationException | RuntimeException e) {
            throw wrong(place, e);
        }
    }

    private char[] secret(String place) throws UnusableException {
        material.markEncrypted();
        return passphrase
                .orElseThrow(() -> new UnusableException("The private key " + place
                        + " is encrypted, and no passphrase was given. Give it with --passphrase -."))
                .toCharArray();
    }

    private static UnusableException wrong(String place, Exception cause) {
        return new UnusableException(
                "The passphrase does not open the private key " + place + ". Give the one it was encrypted with.",
                cause);
    }

    private static UnusableException damaged(String place, Exception cause) {
        return new UnusableException(
                "The private key " + place + " is damaged: it cannot be read. Copy the file again.", cause);
    }
}
