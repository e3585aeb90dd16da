package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.webserver.api.WebserverException;

class AcmeSettingsTest {

    private static final String DIRECTORY = "https://ca.example.com/directory";
    private static final Path DATA = Path.of("/srv/platform/data");

    /** A configuration as an administrator writes it. */
    private record Given(
            String directory, String hosts, String contact, boolean terms_agreed, String ca_file, int renew_days)
            implements AcmeConfig {
        @Override
        public Class<? extends Annotation> annotationType() {
            return AcmeConfig.class;
        }
    }

    private static AcmeSettings of(String directory, String hosts, String contact, boolean agreed, int days) {
        return AcmeSettings.of(new Given(directory, hosts, contact, agreed, "etc/ca.pem", days), DATA);
    }

    @Test
    void readsWhatAnAdministratorWrites() {
        AcmeSettings settings = of(DIRECTORY, "www.example.com, Example.COM,", "a@b.com mailto:c@d.com", true, 20);
        assertThat(settings.hosts()).containsExactly("www.example.com", "example.com");
        assertThat(settings.contacts()).containsExactly(URI.create("mailto:a@b.com"), URI.create("mailto:c@d.com"));
        assertThat(settings.authority()).hasValue(DATA.resolve("etc/ca.pem"));
        assertThat(settings.renewBefore()).isEqualTo(Duration.ofDays(20));
        assertThat(settings.isOff()).isFalse();
    }

    @Test
    void isOffWithoutHosts() {
        assertThat(of("", " , ", "", false, 30).isOff()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://ca.example.com/, a.com, a@b.com, true, 30, no address that begins with https",
        "'', a.com, a@b.com, true, 30, no address that begins with https",
        "https://, a.com, a@b.com, true, 30, no address that begins with https",
        "https://ca.example.com, *.a.com, a@b.com, true, 30, not given out by HTTP-01",
        "https://ca.example.com, 10.0.0.1, a@b.com, true, 30, is an address",
        "https://ca.example.com, a_b, a@b.com, true, 30, is no host name",
        "https://ca.example.com, a.com, nobody, true, 30, no mail address",
        "https://ca.example.com, a.com, a@b.com, false, 30, the terms of service of ca.example.com",
        "https://ca.example.com, a.com, a@b.com, true, 0, a number of days from 1"
    })
    void saysWhatCannotBeUsed(String directory, String hosts, String contact, boolean agreed, int days, String why) {
        assertThatThrownBy(() -> of(directory, hosts, contact, agreed, days))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining(why);
    }
}
