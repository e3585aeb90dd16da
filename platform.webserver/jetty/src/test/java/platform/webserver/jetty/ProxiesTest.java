package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import platform.webserver.api.WebserverException;

class ProxiesTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.128/25, 192.0.2.129, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "0.0.0.0/0, 203.0.113.1, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true"
    })
    void aBlockHoldsTheAddressesWithItsFirstBits(String block, String address, boolean held) throws Exception {
        assertThat(Proxies.parse(block).contain(InetAddress.getByName(address))).isEqualTo(held);
    }

    @Test
    void severalStandWithCommasOrSpacesBetween() throws Exception {
        Proxies proxies = Proxies.parse(" 127.0.0.1, 10.0.0.0/8  ::1,");

        assertThat(proxies.blocks()).hasSize(3);
        assertThat(proxies.contain(InetAddress.getByName("::1"))).isTrue();
        assertThat(Proxies.parse("").blocks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example.com", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.1", "::1/129", "300.1.1.1"})
    void whatIsNoAddressIsNamed(String wrong) {
        assertThatThrownBy(() -> Proxies.parse("127.0.0.1," + wrong))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("'" + wrong + "'")
                .hasMessageContaining("10.0.0.0/8");
    }
}
