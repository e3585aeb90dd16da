package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import platform.webserver.api.WebserverException;

/** How the hosts are written in the configuration. */
class TlsSettingsTest {

    @Test
    void hostsAreSeparatedByCommasAndKeptAsClientsSendThem() {
        assertThat(TlsSettings.hosts(" WWW.Example.com, bücher.example ,192.0.2.1,,*.example.org. "))
                .containsExactly("www.example.com", "xn--bcher-kva.example", "192.0.2.1", "*.example.org");
        assertThat(TlsSettings.hosts("")).isEmpty();
    }

    @Test
    void whatIsNoHostIsNamedWithItsSetting() {
        assertThatThrownBy(() -> TlsSettings.hosts("www.example.com, https://x/"))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("The setting 'hosts'")
                .hasMessageContaining("'https://x/' is no host name");
    }
}
