package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are believed: the authorities of Java, or those of one file and no others. */
final class Trust {

    private final TrustManager[] managers;

    private Trust(TrustManager[] managers) {
        this.managers = managers;
    }

    static Trust usual() {
        return new Trust(null);
    }

    /** @param file certificates in PEM */
    static Trust of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority" + store.size(), authority);
            }
            if (store.size() == 0) {
                throw new GeneralSecurityException("it holds no certificate");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return new Trust(factory.getTrustManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw TargetException.lasting(
                    "The certificates of authorities in " + file + " cannot be used: " + e
                            + ". Give the path of a PEM file that the platform's user can read.",
                    e);
        }
    }

    /** Empty for Java's own. */
    Optional<TrustManager[]> managers() {
        return Optional.ofNullable(managers);
    }

    /** Empty for Java's own. */
    Optional<SSLContext> context() {
        return managers().map(Trust::context);
    }

    private static SSLContext context(TrustManager[] managers) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no TLS", e);
        }
    }
}
