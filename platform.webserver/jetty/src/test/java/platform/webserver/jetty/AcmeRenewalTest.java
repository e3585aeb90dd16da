package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import platform.webserver.api.AcmeStatus;
import platform.webserver.api.CertificateCheck;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.CertificateUpload;
import platform.webserver.api.Certificates;
import platform.webserver.api.WebserverException;

class AcmeRenewalTest {

    private static final String HOST = "www.example.com";
    private static final Duration LIFE = Duration.ofDays(90);
    private static final TestCertificate ROOT = TestCertificate.root("Test Root");

    private final FakeCertificates certificates = new FakeCertificates();
    private final List<String> asked = new ArrayList<>();
    private Duration life = LIFE;
    private Instant now = TestCertificate.NOW;
    private AcmeProblem problem;

    private final AcmeRenewal renewal = newRenewal(HOST);

    private AcmeRenewal newRenewal(String... hosts) {
        AcmeSettings settings = new AcmeSettings(
                URI.create("https://ca.example.com/"),
                List.of(hosts),
                List.of(),
                Optional.empty(),
                Duration.ofDays(30));
        return new AcmeRenewal(settings, this::issue, certificates, new TestClock());
    }

    private AcmeIssuer.Issued issue(String host, Consumer<String> progress) throws AcmeProblem {
        asked.add(host);
        if (problem != null) {
            throw problem;
        }
        progress.accept("made");
        TestCertificate made = certificate(host);
        return new AcmeIssuer.Issued(List.of(made.certificate), made.keys.getPrivate());
    }

    private TestCertificate certificate(String host) {
        return new TestCertificate.Builder(host)
                .names(host)
                .valid(now, now.plus(life))
                .issuedBy(ROOT);
    }

    private AcmeStatus status() {
        return renewal.status().get(0);
    }

    @Test
    void obtainsWhatIsMissingAndRenewsItInTime() {
        assertThat(status().next()).hasValue(now);
        assertThat(renewal.check()).isEqualTo(now.plus(Duration.ofDays(1)));
        assertThat(asked).containsExactly(HOST);
        assertThat(status()).isEqualTo(new AcmeStatus(HOST, Optional.of(now.plus(Duration.ofDays(60))), 0, ""));

        now = now.plus(Duration.ofDays(60).minusSeconds(1));
        assertThat(renewal.check()).isEqualTo(now.plusSeconds(1));
        assertThat(asked).hasSize(1);
        now = now.plusSeconds(1);
        renewal.check();
        assertThat(asked).hasSize(2);
        assertThat(certificates.list())
                .singleElement()
                .satisfies(it -> assertThat(it.notAfter()).isEqualTo(now.plus(LIFE)));
    }

    @Test
    void aShortLifeIsNotRenewedAllTheTime() {
        life = Duration.ofDays(6);
        renewal.check();
        assertThat(status().next()).hasValue(now.plus(Duration.ofDays(4)));
    }

    @Test
    void waitsLongerAfterEachFailureUpToADay() {
        problem = new AcmeProblem("It is down.");
        List<Long> hours = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Instant next = renewal.check();
            hours.add(Duration.between(now, next).toHours());
            now = next.minusSeconds(1);
            renewal.check();
            now = next;
        }
        assertThat(hours).containsExactly(1L, 2L, 4L, 8L, 16L, 24L, 24L);
        assertThat(asked).hasSize(7);
        assertThat(status().failures()).isEqualTo(7);
        assertThat(status().problem()).isEqualTo("It is down.");

        problem = null;
        renewal.check();
        assertThat(status().failures()).isZero();
        assertThat(status().problem()).isEmpty();
    }

    @Test
    void respectsALimitEvenWhenAnAdministratorAsks() {
        Instant end = now.plus(Duration.ofDays(3));
        problem = AcmeProblem.limited("Too often.", end);
        renewal.check();
        assertThat(status().next()).hasValue(end);

        now = end.minusSeconds(1);
        renewal.check();
        assertThatThrownBy(() -> renewal.obtain(HOST, step -> {}))
                .isInstanceOf(WebserverException.class)
                .hasMessage("The certificate authority does not want to be asked before " + end + ": Too often.");
        assertThat(asked).hasSize(1);
        now = end;
        assertThatThrownBy(() -> renewal.obtain(HOST, step -> {})).hasMessage("Too often.");
        assertThat(asked).hasSize(2);
    }

    @Test
    void anAdministratorNeedNotWaitAfterAnotherFailure() {
        problem = new AcmeProblem("Port 80 is closed.");
        renewal.check();
        problem = null;
        List<String> progress = new ArrayList<>();
        assertThat(renewal.obtain("WWW.example.com", progress::add).host()).hasValue(HOST);
        assertThat(progress).containsExactly("made");
    }

    @Test
    void oneHostsFailureIsNotAnothers() {
        AcmeRenewal two = newRenewal(HOST, "example.com");
        certificates.refused = HOST;
        two.check();
        assertThat(asked).containsExactly(HOST, "example.com");
        assertThat(two.status()).extracting(AcmeStatus::problem).containsExactly("It cannot be kept.", "");
    }

    @Test
    void leavesACertificateAloneThatWasImported() {
        certificates.put(certificate(HOST), CertificateInfo.Source.UPLOADED);
        now = now.plus(Duration.ofDays(89));
        renewal.check();
        assertThat(asked).isEmpty();
        assertThat(status().next()).isEmpty();
        assertThat(status().problem()).contains("certificate:remove --host " + HOST);
        renewal.obtain(HOST, step -> {});
        assertThat(status().problem()).isEmpty();
    }

    @Test
    void obtainsNothingForAHostThatIsNotConfigured() {
        assertThatThrownBy(() -> renewal.obtain("other.example.com", step -> {}))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("none of the hosts in etc/platform.webserver.acme.cfg");
        assertThatThrownBy(() -> newRenewal().obtain(HOST, step -> {})).hasMessageContaining("ACME is off");
        assertThat(newRenewal().status()).isEmpty();
    }

    @Test
    void beginsNothingAfterItsEnd() {
        renewal.close();
        renewal.check();
        assertThat(asked).isEmpty();
    }

    /** Certificates in a map. */
    private static final class FakeCertificates implements Certificates {

        private final Map<String, CertificateInfo> all = new LinkedHashMap<>();
        private String refused = "";

        void put(TestCertificate certificate, CertificateInfo.Source source) {
            HostCertificate held = new HostCertificate(
                    Optional.of(HOST), List.of(certificate.certificate), certificate.keys.getPrivate(), source);
            all.put(HOST, held.info());
        }

        @Override
        public CertificateCheck check(CertificateUpload upload) {
            throw new UnsupportedOperationException("check");
        }

        @Override
        public CertificateCheck install(CertificateUpload upload) {
            throw new UnsupportedOperationException("install an upload");
        }

        @Override
        public CertificateInfo install(Optional<String> host, List<X509Certificate> chain, PrivateKey key) {
            if (host.filter(refused::equals).isPresent()) {
                throw new WebserverException("It cannot be kept.");
            }
            CertificateInfo info = new HostCertificate(host, chain, key, CertificateInfo.Source.ACME).info();
            all.put(host.orElseThrow(), info);
            return info;
        }

        @Override
        public List<CertificateInfo> list() {
            return List.copyOf(all.values());
        }

        @Override
        public boolean remove(Optional<String> host) {
            throw new UnsupportedOperationException("remove");
        }

        @Override
        public List<String> hosts() {
            return List.of();
        }
    }

    /** Shows the time that the test set. */
    private final class TestClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
