package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.webserver.api.WebserverException;

/** The certificate of the first start. */
class SelfSignedTest {

    @TempDir
    Path data;

    private Path secrets;
    private X509Certificate first;

    @BeforeEach
    void make() throws Exception {
        secrets = data.resolve("secrets");
        first = certificate(Clock.systemUTC());
    }

    private X509Certificate certificate(Clock clock) throws Exception {
        return (X509Certificate) new SelfSigned(secrets, clock).keys().store().getCertificate("platform");
    }

    @Test
    void itNamesThisMachineAndOnlyItsUserCanReadIt() throws Exception {
        assertThat(first.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(first.getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(first.getExtendedKeyUsage()).isEqualTo(List.of("1.3.6.1.5.5.7.3.1"));
        for (String file : List.of("webserver.p12", "webserver.password")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rwx------");
    }

    @Test
    void itIsKept() throws Exception {
        assertThat(certificate(Clock.systemUTC())).isEqualTo(first);
    }

    @Test
    void itIsReplacedInTheMonthBeforeItExpires() throws Exception {
        assertThat(certificate(Clock.offset(Clock.systemUTC(), Duration.ofDays(790))))
                .isEqualTo(first);
        assertThat(certificate(Clock.offset(Clock.systemUTC(), Duration.ofDays(800))))
                .isNotEqualTo(first);
    }

    @Test
    void itIsReplacedWhenItOrItsPasswordIsBroken() throws Exception {
        Files.writeString(secrets.resolve("webserver.p12"), "half a file");
        X509Certificate second = certificate(Clock.systemUTC());
        assertThat(second).isNotEqualTo(first);

        Files.delete(secrets.resolve("webserver.password"));
        assertThat(certificate(Clock.systemUTC())).isNotEqualTo(second);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(data.resolve("file"), "");

        assertThatThrownBy(() -> new SelfSigned(file.resolve("secrets"), Clock.systemUTC()).keys())
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining(file.resolve("secrets").toString())
                .hasMessageContaining("can write there");
    }
}
