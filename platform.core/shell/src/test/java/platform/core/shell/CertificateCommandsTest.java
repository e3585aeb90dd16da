package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.webserver.api.CertificateUpload;

/** The commands for certificates, without a terminal, as a script would call them. */
class CertificateCommandsTest {

    @TempDir
    Path folder;

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();

    @AfterEach
    void close() {
        gogo.close();
    }

    private int run(String... command) {
        out.reset();
        err.reset();
        try (ShellSession session =
                new ShellSession(gogo.processor, () -> FakeGogo.ROOT, new SessionStreams(in, out, err), null, false)) {
            return session.call(List.of(command));
        }
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void typed(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private CertificateUpload imported() {
        assertThat(gogo.certificates.installed).hasSize(1);
        return gogo.certificates.installed.get(0);
    }

    private String imports() {
        return new String(imported().content(), StandardCharsets.UTF_8);
    }

    @Test
    void theyAreListed() {
        typed("pem");
        run("certificate:import", "-", "--host", "shop.example.com");

        assertThat(run("certificate:list")).isZero();
        assertThat(out()).isEqualTo("""
                HOST              NAMES             ISSUER         UNTIL                 KEY     SOURCE    SHA-256
                (default)         localhost         (self-signed)  2027-01-01T00:00:00Z  EC 256  DEFAULT   0123456789abcdef
                shop.example.com  shop.example.com  CN=Test CA     2027-01-01T00:00:00Z  EC 256  UPLOADED  0123456789abcdef
                """);
    }

    @Test
    void thoseByAcmeAreListedWithWhatIsWrong() {
        assertThat(run("certificate:acme")).isZero();
        assertThat(out()).isEqualTo("""
                HOST             NEXT                  FAILURES  PROBLEM
                www.example.com  2027-01-01T00:00:00Z  0
                own.example.com  never                 2         Port 80 is closed.
                """);
        assertThat(run("certificate:acme", "-o", "json")).isZero();
        assertThat(JsonParser.parseString(out()).getAsJsonArray()).hasSize(2);
    }

    @Test
    void oneIsObtainedStepByStep() {
        assertThat(run("certificate:obtain", "www.example.com")).isZero();
        assertThat(out()).isEqualTo("""
                It is ordered.
                Obtained the certificate for www.example.com, issued by CN=Test CA, valid until 2027-01-01T00:00:00Z.
                """);
        assertThat(run("certificate:obtain", "www.example.com", "-o", "json")).isZero();
        assertThat(JsonParser.parseString(out()).getAsJsonObject().get("source").getAsString())
                .isEqualTo("ACME");
        assertThat(run("certificate:obtain", "closed")).isNotZero();
        assertThat(err()).contains("Port 80 is closed. Open it.");
    }

    @Test
    void aListAsJsonHasNoHostForTheDefault() {
        assertThat(run("certificate:list", "-o", "json")).isZero();
        JsonObject first = JsonParser.parseString(out()).getAsJsonArray().get(0).getAsJsonObject();
        assertThat(first.has("host")).isFalse();
        assertThat(first.get("notAfter").getAsString()).isEqualTo("2027-01-01T00:00:00Z");
        assertThat(first.get("selfSigned").getAsBoolean()).isTrue();
    }

    @Test
    void severalFilesAreImportedAsOne() throws IOException {
        Path certificate = Files.writeString(folder.resolve("www.crt"), "no line end");
        Path key = Files.writeString(folder.resolve("www.key"), "key\n");

        assertThat(run("certificate:import", certificate.toString(), key.toString()))
                .as(err())
                .isZero();

        assertThat(imports()).isEqualTo("no line end\nkey\n\n");
    }

    @Test
    void nothingComesBetweenBinaryFiles() throws IOException {
        Path binary = Files.write(folder.resolve("www.der"), new byte[] {0x30, 0x03, 2, 1, 0});

        assertThat(run("certificate:import", binary.toString(), binary.toString()))
                .as(err())
                .isZero();

        assertThat(imports()).hasSize(10);
    }

    @Test
    void aFileIsImportedByItsWholePath() throws IOException {
        Path file = Files.writeString(folder.resolve("my certificate.pem"), "pem");

        assertThat(run("certificate:import", file.toString())).as(err()).isZero();

        assertThat(imports()).isEqualTo("pem");
        assertThat(imported().host()).isEmpty();
        assertThat(out()).isEqualTo("""
                Imported the certificate of CN=localhost as the default.
                Names        localhost
                Issuer       CN=Test CA
                Valid        2026-01-01T00:00:00Z until 2027-01-01T00:00:00Z
                Key          EC 256
                Fingerprint  %s
                Warning: It smells.
                """.formatted("0123456789abcdef".repeat(4)));
    }

    @Test
    void standardInputIsImported() {
        typed("line 1\r\nline 2");
        assertThat(run("certificate:import", "-", "--host", "a.example.com", "-o", "json"))
                .isZero();
        assertThat(imports()).isEqualTo("line 1\r\nline 2");
        assertThat(imported().host()).contains("a.example.com");
        assertThat(JsonParser.parseString(out())
                        .getAsJsonObject()
                        .get("warnings")
                        .getAsJsonArray())
                .hasSize(1);
    }

    @Test
    void thePassphraseIsTheFirstLineBeforeTheFile() {
        typed("pass phrase\npem\nmore");
        assertThat(run("certificate:import", "-", "--passphrase", "-")).isZero();
        assertThat(imported().passphrase()).contains("pass phrase");
        assertThat(imports()).isEqualTo("pem\nmore");
        assertThat(out() + err() + imported()).doesNotContain("pass phrase");
    }

    @Test
    void checkingImportsNothing() {
        typed("pem");
        assertThat(run("certificate:import", "-", "--check")).isZero();
        assertThat(out()).startsWith("Could import the certificate");
        assertThat(gogo.certificates.installed).isEmpty();
    }

    @Test
    void allErrorsAreToldAndTheStatusSaysSo() {
        typed("bad");
        assertThat(run("certificate:import", "-")).isEqualTo(1);
        assertThat(out()).startsWith("Refused the certificate").contains("Warning: It smells.");
        assertThat(err()).isEqualTo("It is bad. Get another.\nIt is old.\nNothing was changed.\n");
        typed("bad");
        assertThat(run("certificate:import", "-", "--check", "-o", "json")).isEqualTo(1);
        assertThat(JsonParser.parseString(out()).getAsJsonObject().get("errors").getAsJsonArray())
                .hasSize(2);
    }

    @Test
    void aFileThatIsNotThereOrNotNamedWholeIsToldWithWhatToDo() {
        assertThat(run("certificate:import", "relative.pem")).isEqualTo(2);
        assertThat(err()).contains("not a whole path").contains("- < FILE");
        assertThat(run("certificate:import", folder.resolve("none.pem").toString()))
                .isEqualTo(1);
        assertThat(err()).contains("cannot be read by the platform's user").contains("none.pem");
    }

    @Test
    void whatTheWebserverSaysIsTold() {
        gogo.certificates.full = true;
        typed("pem");
        assertThat(run("certificate:import", "-")).isEqualTo(1);
        assertThat(err()).isEqualTo("The disk is full.\n");
    }

    @Test
    void aFileWithoutACertificateIsRefusedInWords() {
        typed("nothing in it, and bad");
        assertThat(run("certificate:import", "-")).isEqualTo(1);
        assertThat(out()).isEqualTo("Refused the file.\nWarning: It smells.\n");
    }

    @Test
    void removingWantsYesAndSaysWhenThereIsNothing() {
        typed("pem");
        run("certificate:import", "-");

        assertThat(run("certificate:remove")).isEqualTo(2);
        assertThat(err()).contains("--yes");
        assertThat(run("certificate:remove", "--host", "x.example.com", "--yes"))
                .isEqualTo(1);
        assertThat(err()).contains("the certificate of x.example.com was not imported");
        assertThat(run("certificate:remove", "--yes")).isZero();
        assertThat(out()).isEqualTo("Removed the default certificate.\n");
        assertThat(gogo.certificates.installed).isEmpty();
    }
}
