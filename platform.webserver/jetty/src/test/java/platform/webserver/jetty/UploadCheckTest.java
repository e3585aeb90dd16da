package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static platform.webserver.jetty.TestCertificate.NOW;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import platform.webserver.api.CertificateCheck;
import platform.webserver.jetty.CertificateCorpus.Case;

/** What is said about each file of the corpus. */
class UploadCheckTest {

    private static CertificateCheck check(Case given, X509Certificate... knownRoots) {
        Collection<X509Certificate> roots = List.of(knownRoots);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new UploadCheck(new Issuers(() -> roots), clock, List.of("www.example.com")).check(given.upload());
    }

    @ParameterizedTest
    @MethodSource("platform.webserver.jetty.CertificateCorpus#good")
    void whatCanBeUsedIsTaken(Case given) {
        CertificateCheck check = check(given);

        assertThat(check.errors()).isEmpty();
        assertThat(check.isUsable()).isTrue();
        assertThat(check.certificate()).isPresent();
        if (given.message() == null) {
            assertThat(check.warnings()).isEmpty();
        } else {
            assertThat(check.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains(given.message()));
        }
    }

    @ParameterizedTest
    @MethodSource("platform.webserver.jetty.CertificateCorpus#bad")
    void eachMistakeIsNamed(Case given) {
        CertificateCheck check = check(given);

        assertThat(check.isUsable()).isFalse();
        assertThat(check.errors()).singleElement().asString().contains(given.message());
    }

    /** One mistake, one message: nobody is told of another mistake than his own. */
    @Test
    void noTwoMistakesOfDifferentKindsHaveTheSameMessage() {
        Map<String, List<String>> mistakes = CertificateCorpus.bad()
                .collect(Collectors.groupingBy(
                        given -> check(given).errors().get(0), Collectors.mapping(Case::name, Collectors.toList())));

        assertThat(mistakes).hasSizeGreaterThan(25);
        assertThat(mistakes.values())
                .filteredOn(names -> names.size() > 1)
                .containsExactlyInAnyOrder(
                        List.of("empty", "blank"),
                        List.of("no key", "DER, only the certificate"),
                        List.of("no certificate", "DER, only the key"),
                        List.of("PKCS#8, no passphrase", "old encryption, no passphrase"),
                        List.of("PKCS#8, wrong passphrase", "old encryption, wrong passphrase"));
    }

    @Test
    void severalFaultsAreAllTold() {
        Case given = new Case(
                "weak and expired",
                CertificateCorpus.signedBy(CertificateCorpus.server()
                        .keys(TestCertificate.keys("RSA", 1024))
                        .valid(NOW.minusSeconds(9), NOW.minusSeconds(5))),
                "");

        assertThat(check(given).errors()).hasSize(2);
    }

    @Test
    void aRootThatClientsKnowNeedNotBeInTheFile() {
        Case given = new Case(
                "without root",
                CertificateCorpus.SERVER.pem()
                        + CertificateCorpus.LOWER.pem()
                        + CertificateCorpus.UPPER.pem()
                        + CertificateCorpus.SERVER.keyPem(),
                null);

        assertThat(check(given, CertificateCorpus.ROOT.certificate).errors()).isEmpty();
        assertThat(check(given, CertificateCorpus.ROOT.certificate).warnings()).isEmpty();
    }

    @Test
    void theNewestCertificateOfAKeyIsTaken() {
        TestCertificate old = CertificateCorpus.server()
                .keys(CertificateCorpus.SERVER.keys)
                .names("www.example.com")
                .valid(NOW.minus(Duration.ofDays(400)), NOW.minus(Duration.ofDays(5)))
                .issuedBy(CertificateCorpus.LOWER);

        CertificateCheck check = check(new Case("renewed", old.pem() + CertificateCorpus.SERVER.wholePem(), null));

        assertThat(check.errors()).isEmpty();
        assertThat(check.certificate().orElseThrow().notAfter()).isAfter(NOW);
    }

    @Test
    void nothingOfAKeyOrAPassphraseIsTold() {
        Stream.concat(CertificateCorpus.good(), CertificateCorpus.bad()).forEach(given -> {
            CertificateCheck check = check(given);
            assertThat(check + given.upload().toString())
                    .doesNotContain(CertificateCorpus.SECRET, "MII", "MHc", "guess");
        });
    }
}
