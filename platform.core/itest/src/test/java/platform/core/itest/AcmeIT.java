package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import platform.webserver.jetty.AcmeServer;

/** The product obtains a certificate from an authority of the test's own. */
@ExtendWith(ProductShared.class)
final class AcmeIT {

    private static final String HOST = "acme-it.example.com";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Product product;
    private final Path settings;
    private AcmeServer authority;
    private Path root;

    AcmeIT(Product product) {
        this.product = product;
        this.settings = product.data().resolve("etc/platform.webserver.acme.cfg");
    }

    @BeforeEach
    void open() throws IOException {
        authority = new AcmeServer(product.http().getPort(), Clock.systemUTC());
        root = authority.writeRoot(product.data().resolve("etc/acme-it.pem"));
    }

    @AfterEach
    void close() throws IOException {
        Files.delete(settings);
        ProductWait.until("ACME is off", SOON, () -> listing().equals("[]"));
        product.shell("certificate:remove", "--host", HOST, "--yes");
        Files.delete(root);
        authority.close();
        assertThat(authority.faults).isEmpty();
    }

    private void configure(String agreed) {
        ProductFiles.write(
                settings,
                String.join(
                        "\n",
                        "directory = " + authority.directory(),
                        "hosts = " + HOST,
                        "contact = admin@example.com",
                        "terms.agreed = " + agreed,
                        "ca.file = etc/acme-it.pem",
                        ""));
    }

    /** Empty for the moment in which the settings are taken over, and nobody can say. */
    private String listing() {
        ProductProcess.Result result = product.shell("certificate:acme", "-o", "json");
        return result.status() == 0 ? result.out().strip() : "";
    }

    private List<JsonObject> acme() {
        return List.copyOf(product.list("certificate:acme", "host").values());
    }

    @Test
    void aCertificateIsObtainedAndShownAtOnce() throws Exception {
        configure("true");
        ProductWait.until("the host is known", SOON, () -> listing().contains(HOST));

        ProductProcess.Result obtained = product.shell("certificate:obtain", HOST);

        assertThat(obtained.status()).as(obtained.toString()).isZero();
        assertThat(obtained.out())
                .contains("The authority looks at http://" + HOST + "/.well-known/acme-challenge/")
                .contains("Obtained the certificate for " + HOST);
        X509Certificate shown = shown();
        assertThat(shown.getIssuerX500Principal().getName()).isEqualTo("CN=Test Intermediate");
        assertThat(shown.getSubjectAlternativeNames()).hasToString("[[2, " + HOST + "]]");
        JsonObject listed = product.json("certificate:list").getAsJsonArray().asList().stream()
                .map(it -> it.getAsJsonObject())
                .filter(it -> it.has("host") && it.get("host").getAsString().equals(HOST))
                .findFirst()
                .orElseThrow();
        assertThat(listed.get("source").getAsString()).isEqualTo("ACME");
        assertThat(acme().get(0).get("failures").getAsInt()).isZero();
        assertThat(authority.accounts).hasSize(1);
    }

    @Test
    void nothingIsAskedForBeforeTheTermsAreAgreedTo() {
        configure("false");
        ProductWait.until("the mistake is told", SOON, () -> obtain().contains("are not agreed to"));
        assertThat(obtain()).contains("set terms.agreed = true");
        assertThat(authority.accounts).isEmpty();
    }

    private String obtain() {
        return product.shell("certificate:obtain", HOST).err();
    }

    /** What a client gets that asks for the host and trusts nobody but the authority. */
    private X509Certificate shown() throws IOException, GeneralSecurityException {
        try (SSLSocket socket = (SSLSocket) trusting()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), product.https().getPort())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(HOST)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(root)) {
            store.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
