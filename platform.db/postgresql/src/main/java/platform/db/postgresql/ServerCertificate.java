package platform.db.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * The certificate that PostgreSQL shows to other machines: self-signed, made by the {@code keytool} of the running Java;
 * or an administrator's own in the same two files, which stays as long as it is valid.
 */
final class ServerCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);
    private static final int VALID_DAYS = 825;
    private static final long RENEW_MS = 30L * 24 * 60 * 60 * 1000;

    /** For a keystore that nobody but the platform's user can read, and that is gone a second later. */
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final ServerUser user;

    ServerCertificate(Path folder, ServerUser user) {
        this.folder = folder;
        this.user = user;
    }

    Path certificate() {
        return folder.resolve("server.crt");
    }

    Path key() {
        return folder.resolve("server.key");
    }

    /** Makes what is missing or expires within a month. */
    void prepare() throws IOException {
        if (Files.exists(certificate()) && Files.exists(key()) && isValid()) {
            return;
        }
        Path work = Files.createTempDirectory(folder, "certificate-");
        try {
            make(work.resolve("keys.p12"));
            LOG.info("Made a self-signed certificate for PostgreSQL: {}", certificate());
        } catch (GeneralSecurityException e) {
            throw new DatabaseException("Cannot make the certificate of PostgreSQL in " + folder + ": " + e, e);
        } finally {
            Folders.delete(work);
        }
    }

    private boolean isValid() throws IOException {
        try (InputStream in = Files.newInputStream(certificate())) {
            Certificate read = CertificateFactory.getInstance("X.509").generateCertificate(in);
            ((X509Certificate) read).checkValidity(new Date(System.currentTimeMillis() + RENEW_MS));
            return true;
        } catch (GeneralSecurityException e) {
            LOG.warn("The certificate {} is replaced: {}", certificate(), e.getMessage());
            return false;
        }
    }

    private void make(Path keystore) throws IOException, GeneralSecurityException {
        Command.Result result = Command.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "postgresql",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=postgresql",
                "-validity",
                String.valueOf(VALID_DAYS),
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass",
                PASSWORD));
        if (!result.ok()) {
            throw new DatabaseException("Cannot make the certificate of PostgreSQL; keytool said: " + result.output());
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        // A crash between the two leaves none, and both are made at the next start.
        Files.deleteIfExists(certificate());
        put(
                key(),
                "PRIVATE KEY",
                store.getKey("postgresql", PASSWORD.toCharArray()).getEncoded());
        put(certificate(), "CERTIFICATE", store.getCertificate("postgresql").getEncoded());
    }

    private void put(Path file, String what, byte[] content) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        SecretFile.write(part, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
        user.own(part);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
