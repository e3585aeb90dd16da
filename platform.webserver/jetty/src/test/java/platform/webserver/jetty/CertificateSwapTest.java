package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.webserver.api.CertificateUpload;

/** The certificate is changed a hundred times while two hundred connections are busy. */
class CertificateSwapTest {

    private static final int SWAPS = 100;
    private static final int THREADS = 20;
    private static final int CONNECTIONS = 10;
    private static final String HOST = "www.example.com";

    @TempDir
    Path secrets;

    private final TestCertificate one = TestCertificate.server(HOST, null);
    private final TestCertificate other = TestCertificate.server(HOST, null);
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void noRequestFailsAndEachNewHandshakeHasTheNewCertificate() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try (TestServer server = TestServer.started()) {
            KeptCertificates certificates = new KeptCertificates(
                    new CertificateFolder(secrets),
                    server.tls,
                    List.of(),
                    new Issuers(List::of),
                    Clock.fixed(TestCertificate.NOW, ZoneOffset.UTC));
            certificates.install(upload(one));
            TlsClient client = new TlsClient(server.https().getPort());
            List<Future<Integer>> busy = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                busy.add(executor.submit(() -> ask(client)));
            }

            for (int i = 0; i < SWAPS; i++) {
                TestCertificate next = i % 2 == 0 ? other : one;
                certificates.install(upload(next));
                assertThat(client.shown(HOST)).containsExactly(next.certificate);
            }
            over.set(true);

            for (Future<Integer> thread : busy) {
                assertThat(thread.get(120, TimeUnit.SECONDS)).isGreaterThan(CONNECTIONS);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static CertificateUpload upload(TestCertificate certificate) {
        return new CertificateUpload(TestCertificate.bytes(certificate.wholePem()), Optional.empty(), Optional.empty());
    }

    /** Uses its connections in turn, opens another one each time, and returns how many requests were answered. */
    private int ask(TlsClient client) throws IOException {
        Set<X509Certificate> known = Set.of(one.certificate, other.certificate);
        List<SSLSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                sockets.add(client.connect(HOST));
            }
            int answers = 0;
            do {
                for (SSLSocket socket : sockets) {
                    assertThat(TlsClient.get(socket, HOST))
                            .startsWith("HTTP/1.1 200")
                            .endsWith("root page");
                    answers++;
                }
                assertThat(known).contains(client.shown(HOST).get(0));
            } while (!over.get());
            return answers;
        } finally {
            for (SSLSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
