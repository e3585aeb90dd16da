package platform.webserver.jetty;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS 1.2 and 1.3 with suites that offer forward secrecy and authenticated encryption, and the table of certificates. A new
 * table comes with a new context: the handshakes under way end with the old one, and sessions that were made with it are
 * not resumed. Jetty's own way to change keys would leave a moment without suites.
 */
final class TlsContext extends SslContextFactory.Server {

    private volatile Current current;

    TlsContext(CertificateTable table) {
        current = new Current(table);
        setSslContext(current.context);
        setIncludeProtocols("TLSv1.3", "TLSv1.2");
        setIncludeCipherSuites(
                "TLS_AES_128_GCM_SHA256",
                "TLS_AES_256_GCM_SHA384",
                "TLS_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
        // Java refuses it with an alert that says so, where it was told to. Jetty only closes, which some take for
        // consent.
        setRenegotiationAllowed(Boolean.getBoolean("jdk.tls.rejectClientInitiatedRenegotiation"));
    }

    CertificateTable table() {
        return current.table;
    }

    /** From now on handshakes begin with this table. */
    void use(CertificateTable table) {
        current = new Current(table);
    }

    /** Jetty asks for it at each handshake. */
    @Override
    public SSLContext getSslContext() {
        return current.context;
    }

    /** A table and the context that was made of it. */
    private static final class Current {

        private final CertificateTable table;
        private final SSLContext context;

        Current(CertificateTable table) {
            this.table = table;
            this.context = context(table);
        }

        private static SSLContext context(CertificateTable table) {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                // No client is asked for a certificate; Java's own trust manager would read all its roots.
                context.init(new KeyManager[] {new TableKeyManager(table)}, new TrustManager[0], null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This Java has no TLS", e);
            }
        }
    }
}
