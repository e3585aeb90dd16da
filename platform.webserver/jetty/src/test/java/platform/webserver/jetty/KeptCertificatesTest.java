package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static platform.webserver.jetty.TestCertificate.bytes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.CertificateUpload;
import platform.webserver.api.WebserverException;

/** Certificates that are imported, kept, shown to whom they are for, and removed. */
class KeptCertificatesTest {

    private static final X509Certificate ORIGINAL =
            TestServer.KEYS.certificate().certificate();
    private static final TestCertificate ROOT = TestCertificate.root("Test Root");
    private static final TestCertificate CA = TestCertificate.authority("Test CA", ROOT);
    private static final TestCertificate WWW = TestCertificate.server("www.example.com", CA);
    private static final TestCertificate SHOP = TestCertificate.server("shop.example.com", CA);
    private static final TestCertificate WILD = TestCertificate.server("*.example.org", CA);
    private static final TestCertificate RSA = new TestCertificate.Builder("rsa.example.com")
            .names("rsa.example.com")
            .keys(TestCertificate.keys("RSA", 2048))
            .issuedBy(CA);

    @TempDir
    Path secrets;

    private final TestServer server = TestServer.started();
    private final TlsClient client = new TlsClient(server.https().getPort());

    @AfterEach
    void stop() {
        server.close();
    }

    /** As after a start. */
    private KeptCertificates certificates() {
        server.tls.use(CertificateTable.of(TestServer.KEYS.certificate()));
        return new KeptCertificates(
                new CertificateFolder(secrets),
                server.tls,
                List.of("www.example.com"),
                new Issuers(List::of),
                Clock.fixed(TestCertificate.NOW, ZoneOffset.UTC));
    }

    private static CertificateUpload upload(TestCertificate certificate, String host) {
        return new CertificateUpload(bytes(certificate.wholePem()), Optional.empty(), Optional.ofNullable(host));
    }

    /** A client of its own, for a client remembers the session of an address, whatever host it asked there. */
    private X509Certificate shown(String host) throws IOException {
        return new TlsClient(server.https().getPort()).shown(host).get(0);
    }

    @Test
    void aCertificateIsShownAtOnceAndWithItsIssuersButNotTheRoot() throws IOException {
        KeptCertificates certificates = certificates();
        assertThat(shown("www.example.com")).isEqualTo(ORIGINAL);

        assertThat(certificates.install(upload(WWW, null)).isUsable()).isTrue();

        assertThat(client.shown("www.example.com")).containsExactly(WWW.certificate, CA.certificate);
        assertThat(shown(null)).isEqualTo(WWW.certificate);
    }

    @Test
    void eachHostIsShownItsOwn() throws IOException {
        KeptCertificates certificates = certificates();
        certificates.install(upload(WWW, null));
        certificates.install(upload(SHOP, "shop.example.com"));
        certificates.install(upload(WILD, "*.example.org"));
        certificates.install(upload(RSA, "rsa.example.com"));

        assertThat(shown("shop.example.com")).isEqualTo(SHOP.certificate);
        assertThat(shown("SHOP.example.com")).isEqualTo(SHOP.certificate);
        assertThat(shown("any.example.org")).isEqualTo(WILD.certificate);
        assertThat(shown("rsa.example.com")).isEqualTo(RSA.certificate);
        assertThat(shown("two.labels.example.org")).isEqualTo(WWW.certificate);
        assertThat(shown("example.org")).isEqualTo(WWW.certificate);
        assertThat(shown(null)).isEqualTo(WWW.certificate);
    }

    @Test
    void aCertificateThatFitsIsShownAlsoWhereItWasNotMeantTo() throws IOException {
        KeptCertificates certificates = certificates();
        certificates.install(upload(WILD, "a.example.org"));

        assertThat(shown("b.example.org")).isEqualTo(WILD.certificate);
    }

    @Test
    void theListHasTheDefaultFirst() {
        KeptCertificates certificates = certificates();
        certificates.install(upload(SHOP, "Shop.example.com."));

        assertThat(certificates.list())
                .extracting(CertificateInfo::host, CertificateInfo::source, CertificateInfo::selfSigned)
                .containsExactly(
                        tuple(Optional.empty(), CertificateInfo.Source.DEFAULT, true),
                        tuple(Optional.of("shop.example.com"), CertificateInfo.Source.UPLOADED, false));
        CertificateInfo shop = certificates.list().get(1);
        assertThat(shop.subject()).isEqualTo("CN=shop.example.com");
        assertThat(shop.issuer()).isEqualTo("CN=Test CA");
        assertThat(shop.names()).containsExactly("shop.example.com");
        assertThat(shop.keyType()).isEqualTo("EC 256");
        assertThat(shop.fingerprint()).matches("[0-9a-f]{64}");
    }

    @Test
    void checkingChangesNothing() throws IOException {
        KeptCertificates certificates = certificates();

        assertThat(certificates.check(upload(WWW, null)).isUsable()).isTrue();

        assertThat(shown("www.example.com")).isEqualTo(ORIGINAL);
        assertThat(secrets).isEmptyDirectory();
    }

    @Test
    void aFaultyOneChangesNothing() throws IOException {
        KeptCertificates certificates = certificates();
        certificates.install(upload(WWW, null));

        CertificateUpload faulty =
                new CertificateUpload(bytes(SHOP.pem() + WWW.keyPem()), Optional.empty(), Optional.empty());

        assertThat(certificates.install(faulty).isUsable()).isFalse();
        assertThat(shown("www.example.com")).isEqualTo(WWW.certificate);
    }

    @Test
    void removingLeadsBackToTheDefaultAndThenToTheOriginal() throws IOException {
        KeptCertificates certificates = certificates();
        certificates.install(upload(WWW, null));
        certificates.install(upload(SHOP, "shop.example.com"));

        assertThat(certificates.remove(Optional.of("shop.example.com"))).isTrue();
        assertThat(shown("shop.example.com")).isEqualTo(WWW.certificate);
        assertThat(certificates.remove(Optional.empty())).isTrue();
        assertThat(shown("shop.example.com")).isEqualTo(ORIGINAL);
        assertThat(certificates.remove(Optional.empty())).isFalse();
        assertThat(certificates.remove(Optional.of("shop.example.com"))).isFalse();
        assertThat(certificates().list()).hasSize(1);
    }

    @Test
    void allAreThereAfterARestart() throws IOException {
        KeptCertificates before = certificates();
        before.install(upload(WWW, null));
        before.install(upload(RSA, "rsa.example.com"));
        before.install(Optional.of("*.example.org"), WILD.chain(), WILD.keys.getPrivate());
        List<CertificateInfo> kept = before.list();

        assertThat(certificates().list()).isEqualTo(kept);
        assertThat(kept).extracting(CertificateInfo::source).contains(CertificateInfo.Source.ACME);
        assertThat(shown("rsa.example.com")).isEqualTo(RSA.certificate);
        assertThat(shown("x.example.org")).isEqualTo(WILD.certificate);
    }

    @Test
    void theKeyRestsSealedAndOnlyItsUserCanReadTheFiles() throws IOException {
        certificates().install(upload(WWW, null));

        byte[] key = WWW.keys.getPrivate().getEncoded();
        String inBase64 = Base64.getEncoder().encodeToString(Arrays.copyOf(key, 48));
        String inner = Base64.getEncoder().encodeToString(Arrays.copyOfRange(key, key.length - 30, key.length));
        try (Stream<Path> files = Files.walk(secrets)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content =
                        Files.readString(file, StandardCharsets.ISO_8859_1).replace("\n", "");
                assertThat(content).doesNotContain(inBase64, inner, new String(key, StandardCharsets.ISO_8859_1));
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(secrets.resolve("certificates/_default.pem")).exists();
    }

    @Test
    void aSealedKeyCannotBePutBesideAnotherCertificateOrHost() throws IOException {
        KeptCertificates certificates = certificates();
        certificates.install(upload(SHOP, "shop.example.com"));
        Path file = secrets.resolve("certificates/shop.example.com.pem");
        Files.writeString(file, Files.readString(file).replace("UPLOADED shop", "UPLOADED evil"));

        assertThat(certificates().list()).hasSize(1);
        assertThat(shown("evil.example.com")).isEqualTo(ORIGINAL);
    }

    @Test
    void aBrokenFileCostsNobodyElseItsCertificate() throws IOException {
        KeptCertificates before = certificates();
        before.install(upload(WWW, null));
        before.install(upload(SHOP, "shop.example.com"));
        Files.writeString(secrets.resolve("certificates/_default.pem"), "half");
        Files.writeString(secrets.resolve("certificates/rsa.example.com.pem.new"), "never finished");

        KeptCertificates after = certificates();

        assertThat(shown("www.example.com")).isEqualTo(ORIGINAL);
        assertThat(shown("shop.example.com")).isEqualTo(SHOP.certificate);
        assertThat(after.remove(Optional.empty())).isTrue();
        assertThat(after.install(upload(RSA, "rsa.example.com")).isUsable()).isTrue();
    }

    @Test
    void aFolderThatCannotBeWrittenLeavesTheFormerOneInUse() throws IOException {
        KeptCertificates certificates = certificates();
        Files.writeString(secrets.resolve("certificates"), "in the way");

        assertThatThrownBy(() -> certificates.install(upload(WWW, null)))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("cannot be kept in " + secrets.resolve("certificates"))
                .hasMessageContaining("stays in use");
        assertThat(shown("www.example.com")).isEqualTo(ORIGINAL);
    }

    @Test
    void anObtainedOneMayEndBeforeAKnownRootButMustHaveItsKey() throws IOException {
        KeptCertificates certificates = certificates();

        assertThatThrownBy(
                        () -> certificates.install(Optional.of("www.example.com"), WWW.chain(), SHOP.keys.getPrivate()))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("private key does not belong");
        certificates.install(Optional.of("www.example.com"), WWW.chain().subList(0, 1), WWW.keys.getPrivate());

        assertThat(client.shown("www.example.com")).containsExactly(WWW.certificate);
    }

    @Test
    void aSessionOfBeforeIsNotResumed() throws IOException {
        KeptCertificates certificates = certificates();
        certificates.install(upload(WWW, null));
        try (SSLSocket first = client.connect("www.example.com")) {
            TlsClient.get(first, "www.example.com");
        }

        certificates.install(upload(SHOP, null));

        assertThat(client.shown("www.example.com").get(0)).isEqualTo(SHOP.certificate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsOfTlsAreSpokenWithEachKindOfKey(String version) throws IOException {
        KeptCertificates certificates = certificates();
        certificates.install(upload(RSA, "rsa.example.com"));
        certificates.install(upload(SHOP, "shop.example.com"));

        for (String host : List.of("rsa.example.com", "shop.example.com")) {
            try (SSLSocket socket = client.connect(host)) {
                socket.setEnabledProtocols(new String[] {version});
                assertThat(TlsClient.get(socket, host)).startsWith("HTTP/1.1 200");
                assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                "TLS_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"
            })
    void suitesOfYesterdayAreRefused(String suite) throws IOException {
        certificates().install(upload(RSA, null));

        try (SSLSocket socket = client.connect("rsa.example.com")) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {suite});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }
}
