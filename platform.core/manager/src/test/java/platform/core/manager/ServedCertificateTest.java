package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedCertificateTest {

    private static final List<String> NAMES = List.of("example.com", "*.example.org");

    @ParameterizedTest
    @CsvSource({
        "example.com, true",
        "www.example.com, false",
        "www.example.org, true",
        "a.www.example.org, false",
        "example.org, false",
        "org, false"
    })
    void aWildcardStandsForOneLabel(String host, boolean covered) {
        assertThat(ServedCertificate.covers(NAMES, host)).isEqualTo(covered);
    }

    @Test
    void nothingIsSaidOfAWebserverWithoutHttps() {
        assertThat(new ServedCertificate(() -> List.of(URI.create("http://localhost:1"))).objection("example.com"))
                .isEmpty();
    }

    @Test
    void aWebserverThatDoesNotAnswerIsSaidToBeUnknown() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(new ServedCertificate(() -> List.of(URI.create("https://127.0.0.1:" + port)))
                        .objection("example.com"))
                .hasValueSatisfying(text -> assertThat(text).contains("could not be found out"));
    }
}
