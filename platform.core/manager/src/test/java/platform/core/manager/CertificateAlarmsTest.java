package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.webserver.api.CertificateCheck;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.CertificateInfo.Source;
import platform.webserver.api.CertificateUpload;
import platform.webserver.api.Certificates;

class CertificateAlarmsTest {

    private static final Instant END = Instant.parse("2027-02-01T00:00:00Z");

    private Instant now = END.minus(Duration.ofDays(60));
    private final List<CertificateInfo> certificates = new ArrayList<>();
    private final BookedAlarms alarms = new BookedAlarms(new AlarmBook(new TestClock(), List.of()));
    private final CertificateAlarms watch = new CertificateAlarms(new Listed(), alarms, new TestClock());

    @BeforeEach
    void oneCertificate() {
        certificates.add(certificate("www.example.com", Duration.ofDays(365), Source.UPLOADED));
    }

    private static CertificateInfo certificate(String host, Duration life, Source source) {
        return new CertificateInfo(
                Optional.ofNullable(host),
                "CN=x",
                List.of("x"),
                "CN=Test CA",
                END.minus(life),
                END,
                "EC 256",
                source == Source.DEFAULT,
                source,
                "00");
    }

    private String severityAt(Duration left) {
        now = END.minus(left);
        watch.check();
        return alarms.active().stream()
                .map(it -> it.severity().name())
                .findFirst()
                .orElse("none");
    }

    @Test
    void anAlarmGetsWorse30And14And3DaysBeforeTheEnd() {
        assertThat(severityAt(Duration.ofDays(30).plusSeconds(1))).isEqualTo("none");
        assertThat(severityAt(Duration.ofDays(30))).isEqualTo("WARNING");
        assertThat(severityAt(Duration.ofDays(14).plusSeconds(1))).isEqualTo("WARNING");
        assertThat(severityAt(Duration.ofDays(14))).isEqualTo("MAJOR");
        assertThat(severityAt(Duration.ofDays(3).plusSeconds(1))).isEqualTo("MAJOR");
        assertThat(severityAt(Duration.ofDays(3))).isEqualTo("CRITICAL");
        assertThat(alarms.active()).singleElement().satisfies(alarm -> {
            assertThat(alarm.id()).isEqualTo("webserver/certificate-expires:www.example.com");
            assertThat(alarm.text())
                    .isEqualTo(
                            "The certificate for www.example.com expires at 2027-02-01T00:00:00Z. Import a new one.");
            assertThat(String.join(" ", alarm.fix())).isEqualTo("certificate:import FILE --host www.example.com");
            assertThat(alarm.count()).isEqualTo(3);
        });
        assertThat(severityAt(Duration.ofDays(-1))).isEqualTo("CRITICAL");
        assertThat(alarms.active().get(0).text()).contains("has expired at 2027-02-01");
    }

    @Test
    void itIsOverWhenTheCertificateIsReplacedOrRemoved() {
        certificates.add(certificate(null, Duration.ofDays(365), Source.UPLOADED));
        alarms.raise(new AlarmSpec("webserver", "other", AlarmSeverity.MINOR, "Something else", ""));
        now = END.minus(Duration.ofDays(10));
        watch.check();
        assertThat(alarms.active()).hasSize(3);

        certificates.remove(1);
        watch.check();
        assertThat(alarms.active())
                .extracting(AlarmInfo::code)
                .containsExactlyInAnyOrder("certificate-expires:www.example.com", "other");
        now = END.minus(Duration.ofDays(100));
        watch.check();
        assertThat(alarms.active()).extracting(AlarmInfo::code).containsExactly("other");
    }

    @ParameterizedTest
    @CsvSource({"90, 30, none", "90, 15, none", "90, 14, MAJOR", "90, 3, CRITICAL", "6, 2, none", "6, 1, MAJOR"})
    void oneThatIsRenewedByItselfHasSomeTimeForThat(int life, int left, String severity) {
        certificates.set(0, certificate("www.example.com", Duration.ofDays(life), Source.ACME));
        assertThat(severityAt(Duration.ofDays(left))).isEqualTo(severity);
        assertThat(alarms.active())
                .allSatisfy(
                        it -> assertThat(String.join(" ", it.fix())).isEqualTo("certificate:obtain www.example.com"));
    }

    @Test
    void theSelfSignedOneIsMadeAnewByARestart() {
        certificates.set(0, certificate(null, Duration.ofDays(825), Source.DEFAULT));
        assertThat(severityAt(Duration.ofDays(20))).isEqualTo("WARNING");
        assertThat(alarms.active()).singleElement().satisfies(alarm -> {
            assertThat(alarm.id()).isEqualTo("webserver/certificate-expires");
            assertThat(alarm.text()).endsWith("a restart of the platform makes a new one.");
            assertThat(alarm.fix()).isEmpty();
        });
    }

    /** Certificates in a list. */
    private final class Listed implements Certificates {

        @Override
        public CertificateCheck check(CertificateUpload upload) {
            throw new UnsupportedOperationException("check");
        }

        @Override
        public CertificateCheck install(CertificateUpload upload) {
            throw new UnsupportedOperationException("install");
        }

        @Override
        public CertificateInfo install(Optional<String> host, List<X509Certificate> chain, PrivateKey key) {
            throw new UnsupportedOperationException("install");
        }

        @Override
        public List<CertificateInfo> list() {
            return List.copyOf(certificates);
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
