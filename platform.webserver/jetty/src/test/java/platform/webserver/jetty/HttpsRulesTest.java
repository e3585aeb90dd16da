package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is sent to HTTPS, and who is told to keep to it. */
class HttpsRulesTest {

    private static final String STRICT = "Strict-Transport-Security: max-age=31536000\r\n";
    private static final TestCertificate ROOT = TestCertificate.root("Test Root");

    private static TlsSettings settings(boolean redirect, int days) {
        return new TlsSettings(List.of(), redirect, Duration.ofDays(days));
    }

    /** What a plain connector answers to a client with this address. */
    private static String plain(boolean redirect, int port, String from, String request) throws Exception {
        Server server = new Server();
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.addCustomizer((asked, headers) -> new From(asked, new InetSocketAddress(from, 4711)));
        LocalConnector connector = new LocalConnector(server, new HttpConnectionFactory(configuration));
        server.addConnector(connector);
        TlsContext tls = new TlsContext(CertificateTable.of(TestServer.KEYS.certificate()));
        server.setHandler(new HttpsRules(new Page(), settings(redirect, 365), tls, () -> port, Clock.systemUTC()));
        server.start();
        try {
            return connector.getResponse(request);
        } finally {
            server.stop();
        }
    }

    private static String get(String target, String host) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        "/, example.com, 443, https://example.com/",
        "/a%20b/c;d?e=f%26&g, example.com:8080, 8443, https://example.com:8443/a%20b/c;d?e=f%26&g",
        "/x, [2001:db8::1]:8080, 8443, https://[2001:db8::1]:8443/x"
    })
    void plainHttpIsRedirectedWithItsPathAndQuery(String target, String host, int port, String location)
            throws Exception {
        assertThat(plain(true, port, "192.0.2.1", get(target, host)))
                .startsWith("HTTP/1.1 308 ")
                .contains("Location: " + location + "\r\n")
                .doesNotContain("Strict-Transport");
    }

    @ParameterizedTest
    @CsvSource({
        "false, 192.0.2.1, /",
        "true, 127.0.0.1, /",
        "true, 127.1.2.3, /",
        "true, ::1, /",
        "true, 192.0.2.1, /.well-known/acme-challenge/x"
    })
    void whoStaysOnPlainHttp(boolean redirect, String from, String target) throws Exception {
        assertThat(plain(redirect, 443, from, get(target, "example.com")))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("Strict-Transport");
    }

    @Test
    void aRequestWithABodyKeepsItsMethod() throws Exception {
        String request = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi";

        assertThat(plain(true, 443, "192.0.2.1", request)).startsWith("HTTP/1.1 308 ");
    }

    private static String secure(TestCertificate certificate, int days, String host, String target) throws Exception {
        TlsSettings settings = settings(true, days);
        try (TestServer server = new TestServer(TestServer.settings("127.0.0.1", 0, settings))) {
            server.server.start(() -> {});
            if (certificate != null) {
                server.tls.use(server.tls.table().with(certificate.forHost(null)));
            }
            try (SSLSocket socket = new TlsClient(server.https().getPort()).connect(null)) {
                return TlsClient.get(socket, host, target);
            }
        }
    }

    @Test
    void hostsOfATrustedCertificateAreToldToKeepToHttps() throws Exception {
        TestCertificate trusted = TestCertificate.server("www.example.com", ROOT);

        assertThat(secure(trusted, 365, "www.example.com", "/")).contains(STRICT);
        assertThat(secure(trusted, 365, "WWW.example.com:8443", "/missing"))
                .startsWith("HTTP/1.1 404")
                .contains(STRICT);
    }

    @Test
    void nobodyElseIs() throws Exception {
        TestCertificate trusted = TestCertificate.server("www.example.com", ROOT);
        TestCertificate selfSigned = TestCertificate.server("www.example.com", null);
        TestCertificate expired = new TestCertificate.Builder("www.example.com")
                .names("www.example.com")
                .valid(Instant.EPOCH, Instant.EPOCH.plusSeconds(1))
                .issuedBy(ROOT);
        TestCertificate address = TestCertificate.server("127.0.0.1", ROOT);

        assertThat(secure(null, 365, "localhost", "/")).doesNotContain("Strict-Transport");
        assertThat(secure(selfSigned, 365, "www.example.com", "/")).doesNotContain("Strict-Transport");
        assertThat(secure(expired, 365, "www.example.com", "/")).doesNotContain("Strict-Transport");
        assertThat(secure(trusted, 365, "other.example.com", "/")).doesNotContain("Strict-Transport");
        assertThat(secure(trusted, 0, "www.example.com", "/")).doesNotContain("Strict-Transport");
        assertThat(secure(address, 365, "127.0.0.1", "/")).doesNotContain("Strict-Transport");
    }

    /** A request from another address. */
    private static final class From extends Request.Wrapper {

        private final ConnectionMetaData connection;

        From(Request wrapped, SocketAddress address) {
            super(wrapped);
            this.connection = new ConnectionMetaData.Wrapper(wrapped.getConnectionMetaData()) {
                @Override
                public SocketAddress getRemoteSocketAddress() {
                    return address;
                }
            };
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }
    }

    /** Answers everything. */
    private static final class Page extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.setStatus(HttpStatus.OK_200);
            Content.Sink.write(response, true, "page", callback);
            return true;
        }
    }
}
