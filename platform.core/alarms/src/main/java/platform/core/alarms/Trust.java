package platform.core.alarms;

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
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are believed: the authorities of Java, or those of a sink's own file and no others. */
final class Trust {

    private Trust() {}

    /** Empty for Java's own. */
    static Optional<SSLContext> of(SinkSpec spec) throws IOException {
        Optional<Path> file = spec.setup().authorities();
        return file.isPresent() ? Optional.of(context(file.get())) : Optional.empty();
    }

    static SSLSocketFactory sockets(SinkSpec spec) throws IOException {
        return of(spec).map(SSLContext::getSocketFactory)
                .orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private static SSLContext context(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore authorities = KeyStore.getInstance("PKCS12");
            authorities.load(null, null);
            int count = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                authorities.setCertificateEntry(String.valueOf(count++), each);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
            managers.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException(
                    "The authorities in " + file + " cannot be used: " + e
                            + ". Give a PEM file that the platform's user can read",
                    e);
        }
    }
}
