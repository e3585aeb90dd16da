package platform.webserver.jetty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.WebserverException;

/**
 * Where certificates rest: a file for each host, PEM, in which the certificates can be read and the private key is sealed.
 * The lines before the first part say whose it is and where it comes from; the seal covers them too.
 */
final class CertificateFolder {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateFolder.class);
    private static final String FOLDER = "certificates";
    private static final String SUFFIX = ".pem";
    /** No host name has an underscore. */
    private static final String DEFAULT = "_default";

    private static final String SEALED = "SEALED PRIVATE KEY";

    private final Path secrets;
    private final Path folder;

    /** @param secrets the folder of the platform's secrets */
    CertificateFolder(Path secrets) {
        this.secrets = secrets;
        this.folder = secrets.resolve(FOLDER);
    }

    /** Replaces what the host has had. */
    void write(HostCertificate certificate) {
        try {
            SecretFiles.makeFolder(folder);
            SecretFiles.write(file(certificate.host()), encoded(certificate, KeySeal.in(secrets)));
        } catch (IOException | GeneralSecurityException e) {
            throw new WebserverException(
                    "The certificate cannot be kept in " + folder + ": " + e.getMessage()
                            + ". The former one stays in use.",
                    e);
        }
    }

    /** Whether there was one. */
    boolean delete(Optional<String> host) {
        try {
            return Files.exists(folder) && SecretFiles.delete(file(host));
        } catch (IOException e) {
            throw new WebserverException("The certificate cannot be removed: " + e + ". It stays in use.", e);
        }
    }

    /** All that can be read. What cannot is told in the log, and its host gets the default: the webserver has to start. */
    List<HostCertificate> read() {
        List<HostCertificate> certificates = new ArrayList<>();
        for (Path file : files()) {
            try {
                certificates.add(decoded(Files.readAllBytes(file), KeySeal.in(secrets)));
            } catch (IOException | GeneralSecurityException | UnusableException | RuntimeException e) {
                LOG.error("The certificate {} cannot be read, import it again: {}", file, e.toString());
            }
        }
        return certificates;
    }

    private List<Path> files() {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            LOG.error("The certificates in {} cannot be read: {}", folder, e.toString());
            return List.of();
        }
    }

    private Path file(Optional<String> host) {
        return folder.resolve(host.map(name -> name.replace('*', '_')).orElse(DEFAULT) + SUFFIX);
    }

    private static byte[] encoded(HostCertificate certificate, KeySeal seal) throws GeneralSecurityException {
        String head = head(certificate);
        StringBuilder text = new StringBuilder(head);
        for (X509Certificate link : certificate.chain()) {
            text.append(pem("CERTIFICATE", link.getEncoded()));
        }
        byte[] secret = (certificate.key().getAlgorithm() + ":"
                        + Base64.getEncoder().encodeToString(certificate.key().getEncoded()))
                .getBytes(StandardCharsets.US_ASCII);
        text.append(pem(SEALED, seal.seal(secret, owner(head, certificate.chain()))));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String head(HostCertificate certificate) {
        return certificate.source() + " " + certificate.host().orElse(DEFAULT) + "\n";
    }

    private static byte[] owner(String head, List<X509Certificate> chain)
            throws CertificateEncodingException, GeneralSecurityException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        for (X509Certificate link : chain) {
            all.writeBytes(link.getEncoded());
        }
        return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
    }

    private static String pem(String label, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static HostCertificate decoded(byte[] content, KeySeal seal)
            throws GeneralSecurityException, UnusableException {
        String text = new String(content, StandardCharsets.US_ASCII);
        String head = text.substring(0, text.indexOf('\n') + 1);
        String[] words = head.strip().split(" ");
        List<X509Certificate> chain = new ArrayList<>();
        Optional<byte[]> sealed = Optional.empty();
        for (PemBlock block : PemText.blocks(content)) {
            if (block.isCertificate()) {
                chain.add(Der.certificate(block.der()));
            } else if (block.label().equals(SEALED)) {
                sealed = Optional.of(block.der());
            }
        }
        byte[] key =
                seal.open(sealed.orElseThrow(() -> new UnusableException("it has no sealed key")), owner(head, chain));
        Optional<String> host = Optional.of(words[1]).filter(name -> !name.equals(DEFAULT));
        return new HostCertificate(host, List.copyOf(chain), key(key), CertificateInfo.Source.valueOf(words[0]));
    }

    private static PrivateKey key(byte[] secret) throws GeneralSecurityException {
        String[] parts = new String(secret, StandardCharsets.US_ASCII).split(":");
        return KeyFactory.getInstance(parts[0])
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(parts[1])));
    }
}
