package platform.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the root of the webserver shows. */
class RootPageTest {

    private final Exchange exchange = new Exchange();

    @BeforeEach
    void get() throws IOException {
        new RootPage().doGet(exchange.request(), exchange.response());
    }

    @Test
    void namesThePlatformAndLeadsToTheConsoleAndTheApi() {
        assertThat(exchange.status).isEqualTo(200);
        assertThat(exchange.headers).containsEntry("Content-Type", "text/html; charset=utf-8");
        assertThat(exchange.body())
                .contains("<h1>App Platform</h1>", "href=\"/system/console\"", "href=\"/manager/api/v1/docs/\"");
    }

    @Test
    void mayLoadNothingBeFramedByNobodyAndUseOnlyItsOwnStyle() throws NoSuchAlgorithmException {
        String style = exchange.body()
                .substring(
                        exchange.body().indexOf("<style>") + 7, exchange.body().indexOf("</style>"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertThat(exchange.headers.get("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        assertThat(exchange.headers).containsEntry("X-Content-Type-Options", "nosniff");
    }

    @Test
    void isRegisteredForTheEmptyPattern() throws IOException {
        try (InputStream component =
                RootPage.class.getResourceAsStream("/OSGI-INF/" + RootPage.class.getName() + ".xml")) {
            assertThat(new String(component.readAllBytes(), StandardCharsets.UTF_8))
                    .as("an element without a value attribute would be no pattern at all")
                    .contains("<property name=\"osgi.http.whiteboard.servlet.pattern\" type=\"String\" value=\"\"/>");
        }
    }
}
