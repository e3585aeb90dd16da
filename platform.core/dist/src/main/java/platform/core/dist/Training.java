package platform.core.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** What is special about a training run. Its requests go through plain HTTP and TLS, so that the classes of both end up in the AOT cache. */
final class Training {

    private static final int TIMEOUT_MILLISECONDS = 10_000;

    private Training() {}

    /** Ends this process when the one that began the training is gone: it holds the other end of our standard input. */
    static void endWithParent() {
        Thread thread = new Thread(Training::awaitParentsEnd, "training-parent");
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitParentsEnd() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("Standard input broke off: " + e);
        }
        System.exit(1);
    }

    /** Asks each address for its root and reads the answer, whatever it is. */
    static void exercise(List<String> addresses) {
        for (String address : addresses) {
            URI uri = URI.create(address);
            try (Socket socket = connect(uri)) {
                socket.setSoTimeout(TIMEOUT_MILLISECONDS);
                socket.getOutputStream().write(request(uri));
                socket.getInputStream().readAllBytes();
            } catch (IOException | GeneralSecurityException e) {
                throw new LaunchException("The request to " + uri + " failed: " + e, e);
            }
        }
    }

    private static byte[] request(URI uri) {
        return ("GET / HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Raw sockets, since a HTTP client's classes would only swell the cache. */
    private static Socket connect(URI uri) throws IOException, GeneralSecurityException {
        if (!"https".equals(uri.getScheme())) {
            return new Socket(uri.getHost(), uri.getPort());
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new OurOwnCertificate()}, new SecureRandom());
        return context.getSocketFactory().createSocket(uri.getHost(), uri.getPort());
    }

    /** The server is the one we started a moment ago on this machine: there is nobody to be told apart from. */
    private static final class OurOwnCertificate implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("Only a client asks.");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Any will do, see above.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
