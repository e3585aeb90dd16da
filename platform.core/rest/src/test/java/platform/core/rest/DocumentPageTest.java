package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.rest.RestServer.Answer;

/** The page that shows the API's document, and nothing but that. */
class DocumentPageTest {

    private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

    private static RestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer page(String name) {
        return server.get("viewer", "docs/" + name);
    }

    @Test
    void hasAllThatItRefersToAndNothingWithinIt() {
        Answer page = page("");
        String html = page.response().body();

        assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(html).doesNotContain("<style", " style=", "<script>", " on", "//");
        assertThat(REFERENCE.matcher(html).results().map(MatchResult::group)).hasSizeGreaterThan(3);
        REFERENCE
                .matcher(html)
                .results()
                .map(it -> it.group(1))
                .filter(it -> !it.equals("data:,"))
                .forEach(it -> assertThat(page(it).status()).as(it).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "index.html", "start.js", "swagger-ui.css", "swagger-ui-bundle.js"})
    void mayLoadNothingFromElsewhereAndNothingInline(String name) {
        assertThat(page(name).header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "*");
    }

    @Test
    void whoHasItAlreadyDoesNotGetItAgain() {
        Answer first = page("swagger-ui-bundle.js");
        Answer again =
                server.send("viewer", "GET", "docs/swagger-ui-bundle.js", null, "If-None-Match", first.header("ETag"));

        assertThat(first.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
        assertThat(page("swagger-ui.css").header("ETag")).isNotEqualTo(first.header("ETag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "docs"})
    void isFoundFromThePathAbove(String path) {
        Answer answer = server.get("viewer", path);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).endsWith("/manager/api/v1/docs/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.properties",
                "swagger-ui-bundle.js.map",
                "../../etc/passwd",
                "..%2fopenapi.json",
                "%2e%2e/docs/index.html",
                "/docs/index.html",
                "index.html/",
            })
    void nothingElseOfTheBundleIsThere(String name) {
        assertThat(page(name).status()).isBetween(400, 404);
    }

    @Test
    void nothingIsChangedByIt() {
        assertThat(server.send("admin", "POST", "docs/", "{}").status()).isEqualTo(404);
        assertThat(server.send("admin", "HEAD", "docs/", null).response().body())
                .isEmpty();
    }
}
