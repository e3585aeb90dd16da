package platform.webserver.jetty;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.WebserverException;

/**
 * The certificate that HTTPS begins with: self-signed, made by the {@code keytool} of the running Java. Each runtime
 * that has {@code bin/java} has {@code bin/keytool}, both come from the module java.base; the library that reads imported
 * certificates is large and is not loaded for this. The password is given in the environment, where other users cannot
 * read it.
 */
final class SelfSigned {

    private static final Logger LOG = LoggerFactory.getLogger(SelfSigned.class);
    private static final String ALIAS = "platform";
    private static final String KEYSTORE = "webserver.p12";
    private static final String PASSWORD = "webserver.password";
    private static final int VALID_DAYS = 825;
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    private static final int KEYTOOL_SECONDS = 60;

    private final Path folder;
    private final Clock clock;

    /** @param folder for the keystore and its password; made if need be */
    SelfSigned(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** A keystore and what opens it. */
    record Keys(KeyStore store, String password) {

        HostCertificate certificate() {
            try {
                return new HostCertificate(
                        Optional.empty(),
                        List.of((X509Certificate) store.getCertificate(ALIAS)),
                        (PrivateKey) store.getKey(ALIAS, password.toCharArray()),
                        CertificateInfo.Source.DEFAULT);
            } catch (GeneralSecurityException e) {
                throw new WebserverException(
                        "The key of the self-signed certificate cannot be read: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Reads the keystore, or makes it anew when it is missing, unreadable, or expires within a month.
     *
     * @throws WebserverException when it can neither be read nor made
     */
    Keys keys() {
        try {
            Files.createDirectories(folder, only("rwx------"));
            if (Files.exists(folder.resolve(KEYSTORE))) {
                Keys keys = readIfUsable();
                if (keys != null) {
                    return keys;
                }
            }
            make();
            return read();
        } catch (IOException | GeneralSecurityException e) {
            throw new WebserverException(
                    "The certificate for HTTPS cannot be kept in " + folder + ": " + e.getMessage()
                            + ". Make sure that the platform's user can write there.",
                    e);
        }
    }

    private Keys readIfUsable() {
        try {
            Keys keys = read();
            X509Certificate certificate = (X509Certificate) keys.store().getCertificate(ALIAS);
            if (certificate == null) {
                throw new GeneralSecurityException("it has no entry '" + ALIAS + "'");
            }
            certificate.checkValidity(Date.from(clock.instant().plus(RENEW_BEFORE)));
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn("The certificate {} is replaced: {}", folder.resolve(KEYSTORE), e.toString());
            return null;
        }
    }

    private Keys read() throws IOException, GeneralSecurityException {
        String password = Files.readString(folder.resolve(PASSWORD)).strip();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(KEYSTORE))) {
            store.load(in, password.toCharArray());
        }
        return new Keys(store, password);
    }

    private void make() throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path fresh = folder.resolve(KEYSTORE + ".new");
        Files.deleteIfExists(fresh);
        keytool(fresh, password);
        writePassword(password);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        Files.move(fresh, folder.resolve(KEYSTORE), StandardCopyOption.ATOMIC_MOVE);
        LOG.info("Made a self-signed certificate, valid for {} days: {}", VALID_DAYS, folder.resolve(KEYSTORE));
    }

    private void writePassword(String password) throws IOException {
        Path fresh = folder.resolve(PASSWORD + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, only("rw-------"));
        Files.writeString(fresh, password + "\n");
        Files.move(fresh, folder.resolve(PASSWORD), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void keytool(Path keystore, String password) throws IOException {
        String host = hostName();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=" + host,
                "-validity",
                String.valueOf(VALID_DAYS),
                "-ext",
                "SAN=" + subjectAlternativeNames(host),
                "-ext",
                "KeyUsage=digitalSignature",
                "-ext",
                "ExtendedKeyUsage=serverAuth",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass:env",
                "KEYSTORE_PASSWORD");
        builder.environment().put("KEYSTORE_PASSWORD", password);
        run(builder.redirectErrorStream(true));
    }

    private static void run(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(builder.command().get(0) + " failed: " + output);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        }
    }

    private static String subjectAlternativeNames(String host) {
        String local = "dns:localhost,ip:127.0.0.1,ip:::1";
        return host.equals("localhost") ? local : local + ",dns:" + host;
    }

    /** The machine's name if a certificate can carry it: letters, digits, dots and hyphens. */
    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?") ? name : "localhost";
        } catch (UnknownHostException e) {
            LOG.debug("This machine's name is not known", e);
            return "localhost";
        }
    }

    private static FileAttribute<?> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
