package platform.core.manager;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The certificate that a client of the webserver is shown, found out as a client does: by a TLS handshake that asks for the
 * name. So it holds whatever decides about certificates, a proxy before the platform excepted.
 */
final class ServedCertificate {

    private static final int TIMEOUT_MS = 3_000;
    private static final int DNS_NAME = 2;

    private final Supplier<List<URI>> addresses;

    /**
     * @param addresses where the webserver listens
     */
    ServedCertificate(Supplier<List<URI>> addresses) {
        this.addresses = addresses;
    }

    /** What is wrong with the certificate for clients that ask for this name; empty when nothing is. */
    Optional<String> objection(String host) {
        Optional<URI> https = addresses.get().stream()
                .filter(address -> "https".equals(address.getScheme()))
                .findFirst();
        if (https.isEmpty()) {
            return Optional.empty();
        }
        try {
            return covers(names(served(https.get(), host)), host)
                    ? Optional.empty()
                    : Optional.of("No installed certificate covers " + host
                            + ": browsers will refuse it until one does. Install one.");
        } catch (IOException | GeneralSecurityException e) {
            return Optional.of("Which certificate " + host + " is shown could not be found out: " + e.getMessage()
                    + " Look at it with a browser.");
        }
    }

    private static List<String> names(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? List.of()
                : names.stream()
                        .filter(name -> name.get(0).equals(DNS_NAME))
                        .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
                        .toList();
    }

    /** Whether one of a certificate's names fits the host; a wildcard stands for one whole label, the first (RFC 6125). */
    static boolean covers(List<String> names, String host) {
        return names.stream()
                .anyMatch(name -> name.equals(host)
                        || name.startsWith("*.") && name.substring(1).equals(withoutFirstLabel(host)));
    }

    private static String withoutFirstLabel(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? "" : host.substring(dot);
    }

    private static X509Certificate served(URI address, String host) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Looking()}, new SecureRandom());
        try (Socket plain = new Socket()) {
            plain.connect(
                    new InetSocketAddress(InetAddress.getByName(address.getHost()), address.getPort()), TIMEOUT_MS);
            plain.setSoTimeout(TIMEOUT_MS);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, host, address.getPort(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(host)));
                socket.setSSLParameters(parameters);
                Certificate[] chain = socket.getSession().getPeerCertificates();
                return (X509Certificate) chain[0];
            }
        }
    }

    /** Only looks at the certificate: nothing is sent over the connection. */
    private static final class Looking implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("Only for clients");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Whether it is trusted is not asked here.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
