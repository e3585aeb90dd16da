package platform.core.itest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection over TLS that asks for a host and takes whichever certificate it is shown. */
final class TlsPeer implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final SSLSocket socket;
    private final String host;

    private TlsPeer(SSLSocket socket, String host) {
        this.socket = socket;
        this.host = host;
    }

    /** Connects without anything that another connection has left behind. */
    static TlsPeer connect(URI server, String host) throws IOException {
        SSLSocket socket = (SSLSocket)
                ProductHttp.trustingAll().getSocketFactory().createSocket(server.getHost(), server.getPort());
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        socket.setTcpNoDelay(true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new TlsPeer(socket, host);
    }

    static X509Certificate shown(URI server, String host) {
        try (TlsPeer peer = connect(server, host)) {
            return peer.certificate();
        } catch (IOException e) {
            throw new AssertionError("No handshake with " + server + " for " + host, e);
        }
    }

    X509Certificate certificate() throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    /** Asks for the root page; gives the head of the answer, having read all of it. */
    String get() throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("The connection ended after: " + head);
            }
            head.append((char) b);
        }
        in.skipNBytes(Integer.parseInt(head.toString().replaceAll("(?is).*\r\ncontent-length: *(\\d+).*", "$1")));
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
