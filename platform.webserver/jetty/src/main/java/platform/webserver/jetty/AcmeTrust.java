package platform.webserver.jetty;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** Speaks to a private authority, whose own HTTPS only a file vouches for. */
final class AcmeTrust extends GenericAcmeProvider {

    private final SSLContext context;

    private AcmeTrust(SSLContext context) {
        this.context = context;
    }

    /**
     * @param file certificates in PEM
     * @throws AcmeProblem when there are none
     */
    static AcmeTrust in(Path file) throws AcmeProblem {
        try (InputStream in = Files.newInputStream(file)) {
            return new AcmeTrust(
                    trusting(CertificateFactory.getInstance("X.509").generateCertificates(in)));
        } catch (IOException | GeneralSecurityException e) {
            throw new AcmeProblem(
                    "The certificate of the authority cannot be read from " + file + ": "
                            + AcmeProblem.ended(e.toString())
                            + ". Let ca.file name a PEM file that the platform's user can read.",
                    e);
        }
    }

    private static SSLContext trusting(Collection<? extends Certificate> certificates)
            throws IOException, GeneralSecurityException {
        if (certificates.isEmpty()) {
            throw new IOException("it holds no certificate");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate certificate : certificates) {
            store.setCertificateEntry(String.valueOf(store.size()), certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        return HttpClient.newBuilder()
                .connectTimeout(settings.getTimeout())
                .sslContext(context)
                .build();
    }
}
