package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.rest.RestServer.Answer;

/** Certificates of HTTPS: keys go in and never come out, not even into the audit. */
class CertificateResourceTest {

    private static final String KEY = "-----BEGIN PRIVATE KEY-----\\nsesame\\n-----END PRIVATE KEY-----";

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer post(String query, String body) {
        return server.send("admin", "POST", "certificates" + query, body);
    }

    @Test
    void aCertificateIsUsedWithItsKey() {
        Answer imported = post(
                "",
                "{\"host\":\"shop.example.com\",\"certificate\":\"CERT\",\"key\":\"" + KEY
                        + "\",\"passphrase\":\"open\"}");
        assertThat(imported.json().at("/certificate/host").asText()).isEqualTo("shop.example.com");
        assertThat(imported.json().at("/warnings/0").asText()).isEqualTo("It ends soon.");
        assertThat(new String(server.services.certificates.uploads.get(0).content(), StandardCharsets.UTF_8))
                .startsWith("CERT\n-----BEGIN")
                .contains("sesame");
        assertThat(server.get("viewer", "certificates/shop.example.com").status())
                .isEqualTo(200);
        assertThat(server.services.audit.last().event().action()).isEqualTo("certificate:install");
        assertThat(server.services.audit.entries.toString())
                .contains("shop.example.com")
                .doesNotContain("sesame", "open");
    }

    @Test
    void aKeyAmongTheCertificatesIsNotKeptByTheAudit() {
        post("", "{\"certificate\":\"CERT\\n" + KEY + "\"}");
        assertThat(server.services.certificates.uploads).hasSize(1);
        assertThat(server.services.audit.entries.toString())
                .contains("certificate")
                .doesNotContain("sesame");
    }

    @Test
    void aKeyStoreComesInBase64() {
        String store = Base64.getEncoder().encodeToString("KEY sesame".getBytes(StandardCharsets.UTF_8));
        assertThat(post("", "{\"keyStore\":\"" + store + "\"}").status()).isEqualTo(200);
        assertThat(server.services.certificates.uploads.get(0).content())
                .isEqualTo("KEY sesame".getBytes(StandardCharsets.UTF_8));
        assertThat(server.services.audit.entries.toString()).doesNotContain(store);
    }

    @Test
    void aCertificateThatCannotBeUsedChangesNothing() {
        Answer told = post("?dry-run=true", "{\"certificate\":\"CERT\"}");
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.json().at("/errors/0").asText()).isEqualTo("There is no private key in it.");
        Answer refused = post("", "{\"certificate\":\"CERT\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("detail").asText())
                .isEqualTo("There is no private key in it. Nothing was changed.");
        assertThat(server.services.certificates.uploads).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"key\":\"KEY\"}",
                "{\"certificate\":\"CERT\",\"keyStore\":\"QQ==\"}",
                "{\"key\":\"KEY\",\"keyStore\":\"QQ==\"}",
                "{\"keyStore\":\"Q\"}",
            })
    void whatIsNoneOfBothFormsIsRefused(String body) {
        assertThat(post("", body).status()).isEqualTo(400);
    }

    @Test
    void aHostShowsTheDefaultAgain() {
        assertThat(server.send("admin", "DELETE", "certificates/www.example.com", null)
                        .json()
                        .get("source")
                        .asText())
                .isEqualTo("uploaded");
        assertThat(server.get("viewer", "certificates/www.example.com").status())
                .isEqualTo(404);
        assertThat(server.send("admin", "DELETE", "certificates/default", null).status())
                .isEqualTo(404);
        assertThat(server.get("viewer", "certificates/default").status()).isEqualTo(200);
    }

    @Test
    void aCertificateIsObtainedForAHostOfTheSettings() {
        assertThat(server.get("viewer", "certificates/acme")
                        .json()
                        .at("/1/failures")
                        .asInt())
                .isEqualTo(3);
        assertThat(server.send("admin", "POST", "certificates/acme/www.example.com/obtain", null)
                        .json()
                        .get("source")
                        .asText())
                .isEqualTo("acme");
        assertThat(server.send("admin", "POST", "certificates/acme/none.example.com/obtain", null)
                        .status())
                .isEqualTo(404);
        Answer failed = server.send("admin", "POST", "certificates/acme/far.example.com/obtain", null);
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.json().get("detail").asText()).contains("Open port 80.");
    }
}
