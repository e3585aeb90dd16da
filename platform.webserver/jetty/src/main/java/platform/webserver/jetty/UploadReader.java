package platform.webserver.jetty;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes an uploaded file apart, whichever of the usual forms it has: PEM, DER, or PKCS#12 (RFC 7292). */
final class UploadReader {

    /** A chain has some ten kilobytes. */
    private static final int LARGEST = 1 << 20;

    private static final byte[] JAVA_KEYSTORE = {(byte) 0xFE, (byte) 0xED, (byte) 0xFE, (byte) 0xED};
    private static final Map<String, String> MISTAKEN = Map.of(
            "CERTIFICATE REQUEST",
                    "a request for a certificate (CSR). Import the certificate that the authority made of it",
            "NEW CERTIFICATE REQUEST",
                    "a request for a certificate (CSR). Import the certificate that the authority made of it",
            "PUBLIC KEY", "a public key. The private key is needed, and is in another file",
            "RSA PUBLIC KEY", "a public key. The private key is needed, and is in another file",
            "PKCS7",
                    "a PKCS#7 bundle. Convert it with: openssl pkcs7 -print_certs -in FILE (in DER with -inform DER), and add the"
                            + " private key");

    private final Optional<String> passphrase;
    private final Material material = new Material();

    private UploadReader(Optional<String> passphrase) {
        this.passphrase = passphrase;
    }

    /**
     * @throws UnusableException when something in it cannot be read
     */
    static Material read(byte[] content, Optional<String> passphrase) throws UnusableException {
        UploadReader reader = new UploadReader(passphrase);
        if (content.length > LARGEST) {
            throw new UnusableException(
                    "The file has " + content.length + " bytes, too many for a certificate (" + LARGEST
                            + " at most). Give the file with the certificate, its chain and its key, and nothing else.");
        }
        if (new String(content, StandardCharsets.ISO_8859_1).isBlank()) {
            throw new UnusableException(
                    "The file is empty. Give the file with the certificate, its chain and its key.");
        }
        if (!Der.isBinary(content) && PemText.isPem(content)) {
            reader.readParts(PemText.blocks(content));
        } else {
            reader.readBinary(content);
        }
        return reader.material;
    }

    private void readParts(List<PemBlock> parts) throws UnusableException {
        KeyReader keys = new KeyReader(material, passphrase);
        for (PemBlock block : parts) {
            if (block.isKey()) {
                keys.read(block);
            } else if (block.isCertificate()) {
                material.add(certificate(block));
            } else if (MISTAKEN.containsKey(block.label())) {
                throw new UnusableException("The part " + block.place() + " is " + MISTAKEN.get(block.label()) + ".");
            } else if (!block.label().endsWith("PARAMETERS")) {
                material.remark("The " + block.label() + " " + block.place() + " is not needed, and is left out.");
            }
        }
    }

    private static X509Certificate certificate(PemBlock block) throws UnusableException {
        try {
            return Der.certificate(block.der());
        } catch (CertificateException e) {
            String what = Der.isCutOff(block.der()) ? "lacks its end" : "holds no certificate";
            throw new UnusableException(
                    "The certificate " + block.place() + " is damaged: its base64 " + what + ". Copy the file again.",
                    e);
        }
    }

    private void readBinary(byte[] content) throws UnusableException {
        if (Arrays.equals(content, 0, Math.min(4, content.length), JAVA_KEYSTORE, 0, 4)) {
            throw new UnusableException("The file is a Java keystore (JKS). Convert it with: "
                    + "keytool -importkeystore -srckeystore FILE -destkeystore FILE.p12 -deststoretype PKCS12");
        }
        List<PemBlock> parts = DerParts.of(content);
        if (parts.get(0).label().equals(DerParts.PKCS12)) {
            readPkcs12(content);
        } else {
            readParts(parts);
        }
    }

    private void readPkcs12(byte[] content) throws UnusableException {
        char[] secret = passphrase.orElse("").toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), secret);
            for (String alias : Collections.list(store.aliases())) {
                readEntry(store, alias, secret);
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableException(
                    passphrase.isEmpty()
                            ? "The PKCS#12 file is encrypted, and no passphrase was given. Give it with --passphrase -."
                            : "The passphrase does not open the PKCS#12 file, or the file is damaged. Give the one it was "
                                    + "encrypted with.",
                    e);
        }
        if (passphrase.isPresent()) {
            material.markEncrypted();
        }
    }

    private void readEntry(KeyStore store, String alias, char[] secret) throws GeneralSecurityException {
        if (store.getKey(alias, secret) instanceof PrivateKey key) {
            material.add(key);
            for (Certificate certificate : store.getCertificateChain(alias)) {
                if (!material.certificates().contains(certificate)) {
                    material.add((X509Certificate) certificate);
                }
            }
        } else if (store.getCertificate(alias) instanceof X509Certificate certificate
                && !material.certificates().contains(certificate)) {
            material.add(certificate);
        }
    }
}
