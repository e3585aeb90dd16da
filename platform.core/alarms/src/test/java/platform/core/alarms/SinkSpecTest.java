package platform.core.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.core.api.AlarmSeverity;
import platform.core.api.PlatformException;
import platform.core.api.SinkSetup;

class SinkSpecTest {

    @Test
    void theLoginIsNotInTheAddressThatIsCalled() {
        SinkSpec spec = SinkSpec.of(
                Setups.sink("https://a%40b@events.example.com/x?y=1", Optional.of("secret"), Optional.empty()));
        assertThat(spec.uri()).hasToString("https://events.example.com/x?y=1");
        assertThat(spec.login().orElseThrow().user()).isEqualTo("a@b");
        assertThat(spec.login().orElseThrow().password()).isEqualTo("secret");
        assertThat(spec.repeat()).isEqualTo(Duration.ofMinutes(30));
        assertThat(spec.toString() + spec.setup() + spec.info(0, "")).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "smtp://mail.example.com, 587",
        "smtps://mail.example.com/, 465",
        "syslog://log.example.com, 514",
        "syslog+tcp://log.example.com:601, 601",
        "syslog+tls://log.example.com, 6514"
    })
    void eachKindHasItsPortAndIsNotRepeated(String address, int port) {
        SinkSpec spec = SinkSpec.of(Setups.sink(address));
        assertThat(spec.port()).isEqualTo(port);
        assertThat(spec.repeat()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://example.com/ | | a scheme and a host",
                "https:///path | | a scheme and a host",
                "https://exa mple.com | | cannot be read",
                "https://me:secret@example.com/ | | must not hold a password",
                "https://me@example.com/ | | both a user in the address and a password",
                "https://example.com/ | secret | both a user in the address and a password",
                "http://me@example.com/ | secret | in the clear",
                "https://example.com/#top | | no '#'",
                "syslog://me@log.example.com | secret | no login",
                "syslog://log.example.com/path | | behind its host"
            })
    void whatDoesNotHaveItsFormIsRefused(String address, String secret, String message) {
        assertThatThrownBy(() -> SinkSpec.of(Setups.sink(address, Optional.ofNullable(secret), Optional.empty())))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining(message);
    }

    @Test
    void mailHasSenderAndReceiver() {
        assertThatThrownBy(() -> SinkSpec.of(mail("https://example.com/", Optional.of("me@example.com"))))
                .hasMessageContaining("Only e-mail");
        assertThatThrownBy(() -> SinkSpec.of(mail("smtp://example.com", Optional.empty())))
                .hasMessageContaining("--from");
        assertThatThrownBy(() -> SinkSpec.of(mail("smtp://example.com", Optional.of("me@example.com\r\nBcc: you"))))
                .hasMessageContaining("is no mail address");
    }

    private static SinkSetup mail(String address, Optional<String> from) {
        return new SinkSetup(
                "mail",
                address,
                Optional.empty(),
                Optional.empty(),
                AlarmSeverity.MAJOR,
                Optional.empty(),
                from,
                List.of("you@example.com"));
    }

    @Test
    void authoritiesAreForTlsOnly() {
        Optional<Path> file = Optional.of(Path.of("/etc/ssl/ca.pem"));
        assertThatThrownBy(() -> SinkSpec.of(Setups.sink("syslog://log.example.com", Optional.empty(), file)))
                .hasMessageContaining("Authorities");
    }
}
