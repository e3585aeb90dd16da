package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.webserver.api.WebserverException;

/** The client against an authority of the test's own, which fetches the answers from a real webserver. */
class AcmeClientTest {

    private static final String HOST = "www.example.com";
    private static final Clock CLOCK = Clock.fixed(TestCertificate.NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final TestServer web = TestServer.started();
    private final List<String> progress = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private AcmeServer authority;
    private AcmeSettings settings;

    @BeforeEach
    void open() throws IOException {
        authority = new AcmeServer(web.http().getPort(), CLOCK);
        settings = settings(authority.directory(), Optional.of(authority.writeRoot(folder.resolve("ca.pem"))));
    }

    private static AcmeSettings settings(URI directory, Optional<Path> root) {
        return new AcmeSettings(
                directory, List.of(HOST), List.of(URI.create("mailto:admin@example.com")), root, Duration.ofDays(30));
    }

    @AfterEach
    void close() {
        authority.close();
        web.close();
        assertThat(authority.faults).isEmpty();
    }

    private AcmeIssuer.Issued issue() throws AcmeProblem, InterruptedException {
        return client(settings).issue(HOST, progress::add);
    }

    private AcmeClient client(AcmeSettings given) {
        return new AcmeClient(given, new AcmeKeys(folder.resolve("secrets")), web.challenges, CLOCK, pauses::add);
    }

    @Test
    void obtainsACertificateWithItsChainForAKeyOfItsOwn() throws Exception {
        AcmeIssuer.Issued issued = issue();

        X509Certificate certificate = issued.chain().get(0);
        assertThat(issued.chain()).hasSize(2);
        assertThat(CertificateNames.of(certificate)).containsExactly(HOST);
        assertThat(KeyRules.belong(issued.key(), certificate.getPublicKey())).isTrue();
        certificate.verify(issued.chain().get(1).getPublicKey());
        assertThat(authority.contacts).containsExactly("mailto:admin@example.com");
        assertThat(issued.toString()).isEqualTo("Issued[2 certificates]");
    }

    @Test
    void tellsStepByStepWhatHappens() throws Exception {
        issue();
        assertThat(progress)
                .satisfiesExactly(
                        account -> assertThat(account).startsWith("The account is https://localhost:"),
                        order -> assertThat(order).isEqualTo("A certificate for www.example.com is ordered."),
                        look -> assertThat(look)
                                .startsWith(
                                        "The authority looks at http://www.example.com/.well-known/acme-challenge/"),
                        seen -> assertThat(seen).isEqualTo("The authority has seen that www.example.com is here."),
                        made -> assertThat(made).isEqualTo("The authority makes the certificate."));
        assertThat(pauses).isNotEmpty();
    }

    @Test
    void theAccountIsMadeOnceAndItsKeyRestsSealed() throws Exception {
        issue();
        AcmeIssuer.Issued again = issue();
        assertThat(authority.accounts).hasSize(1);
        assertThat(authority.orders).hasValue(2);

        Path file = folder.resolve("secrets/acme-account.key");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        byte[] key =
                new AcmeKeys(folder.resolve("secrets")).account().getPrivate().getEncoded();
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .doesNotContain(Base64.getEncoder().encodeToString(key))
                .doesNotContain(new String(key, StandardCharsets.ISO_8859_1));
        assertThat(again.key().getEncoded()).isNotEqualTo(key);
    }

    @Test
    void aKeyThatCannotBeOpenedIsReported() throws Exception {
        Path file = folder.resolve("secrets/acme-account.key");
        issue();
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.write(file, content);
        assertThatThrownBy(this::issue)
                .isInstanceOf(AcmeProblem.class)
                .hasMessageContaining("acme-account.key cannot be opened")
                .hasMessageContaining("or delete it");
    }

    @Test
    void aBadNonceIsTriedAgain() throws Exception {
        authority.badNonces.set(3);
        assertThat(issue().chain()).hasSize(2);
        assertThat(authority.badNonces).hasValue(0);
    }

    @Test
    void theAnswerIsThereOnlyWhileItIsAskedFor() throws Exception {
        issue();
        String path = URI.create(progress.get(2).replaceAll("^.* (?=http)", "").replaceAll("\\.$", ""))
                .getPath();
        assertThat(web.get(path).statusCode()).isEqualTo(404);
        AcmeChallenges.Published published =
                web.challenges.publish(path.substring(AcmeChallenges.FOLDER.length()), "answer");
        assertThat(web.get(path).body()).isEqualTo("answer");
        assertThat(web.get(path).headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(web.send("HEAD", path).statusCode()).isEqualTo(200);
        assertThat(web.send("POST", path).statusCode()).isEqualTo(404);
        published.end();
        assertThat(web.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void noPathOfAnAppCanTakeTheFolder() {
        assertThatThrownBy(() -> web.open("/.well-known/acme-challenge", "acme@example.com"))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("belongs to the platform");
    }

    @Test
    void aHostThatIsNotHereIsReportedWithWhatToDo() throws Exception {
        try (AcmeServer elsewhere = new AcmeServer(closedPort(), CLOCK)) {
            AcmeSettings there = settings(elsewhere.directory(), Optional.of(elsewhere.writeRoot(folder.resolve("b"))));
            assertThatThrownBy(() -> client(there).issue(HOST, progress::add))
                    .isInstanceOf(AcmeProblem.class)
                    .hasMessage("The certificate authority could not make sure that www.example.com is here: Connection"
                            + " refused. Let port 80 of the host lead to this platform's plain HTTP port.");
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aLimitIsReportedWithItsEnd() {
        authority.limitedUntil = TestCertificate.NOW.plus(Duration.ofDays(2));
        assertThatThrownBy(this::issue)
                .hasMessage("The certificate authority localhost was asked too often: too many certificates already"
                        + " issued. Wait; it is asked again by itself.")
                .asInstanceOf(InstanceOfAssertFactories.type(AcmeProblem.class))
                .satisfies(problem -> {
                    assertThat(problem.isRateLimited()).isTrue();
                    assertThat(problem.retryAfter()).hasValue(authority.limitedUntil);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "rejectedIdentifier, gives out none for such a name",
        "caa, Allow this authority in the CAA record",
        "externalAccountRequired, Choose another authority",
        "somethingNew, log of the authority"
    })
    void aRefusalIsReportedWithWhatToDo(String type, String advice) {
        authority.orderProblem = type;
        assertThatThrownBy(this::issue)
                .isInstanceOf(AcmeProblem.class)
                .hasMessageContaining("has refused: no order of yours. ")
                .hasMessageContaining(advice);
    }

    @Test
    void aCertificateThatIsNotMadeAtLastIsReported() {
        authority.finalizeFails = true;
        assertThatThrownBy(this::issue)
                .isInstanceOf(AcmeProblem.class)
                .hasMessage("The certificate authority has not made the certificate: we will not sign this. The fault"
                        + " is the authority's. Wait; it is asked again by itself.");
    }

    @Test
    void anAuthorityThatNobodyVouchesForIsNotTalkedTo() {
        AcmeSettings unknown = settings(authority.directory(), Optional.empty());
        assertThatThrownBy(() -> client(unknown).issue(HOST, progress::add))
                .isInstanceOf(AcmeProblem.class)
                .hasMessageContaining("localhost cannot be reached")
                .hasMessageContaining("ca.file names the PEM file");
        assertThat(authority.accounts).isEmpty();
    }

    @Test
    void anAuthorityThatIsNotThereIsReported() throws Exception {
        AcmeSettings nowhere =
                settings(URI.create("https://localhost:" + closedPort() + "/directory"), settings.authority());
        assertThatThrownBy(() -> client(nowhere).issue(HOST, progress::add))
                .isInstanceOf(AcmeProblem.class)
                .hasMessageContaining("localhost cannot be reached: ")
                .hasMessageContaining("the address in directory");
    }

    @Test
    void whatIsNoDirectoryIsReported() {
        AcmeSettings wrong = settings(authority.directory().resolve("/nonce"), settings.authority());
        assertThatThrownBy(() -> client(wrong).issue(HOST, progress::add))
                .isInstanceOf(AcmeProblem.class)
                .hasMessageContaining("not understood")
                .hasMessageContaining("is an ACME directory");
    }

    @Test
    void aFileThatVouchesForNobodyIsReported() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> client(settings(authority.directory(), Optional.of(empty)))
                        .issue(HOST, progress::add))
                .isInstanceOf(AcmeProblem.class)
                .hasMessageContaining("empty.pem")
                .hasMessageContaining("it holds no certificate");
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> client(settings(authority.directory(), Optional.of(missing)))
                        .issue(HOST, progress::add))
                .isInstanceOf(AcmeProblem.class)
                .hasMessageContaining("missing.pem");
    }
}
