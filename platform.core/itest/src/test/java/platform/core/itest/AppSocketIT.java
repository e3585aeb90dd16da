package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The app socket of hello, with Java's client and with its own page in a browser. */
@ExtendWith(ProductShared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AppSocketIT {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String PROTOCOL = "performance.getEntriesByType('navigation')[0].nextHopProtocol";
    private static final String FRAMED = "app-socket/client.js";

    private final Product product;
    private ProductInstance hello;

    AppSocketIT(Product product) {
        this.product = product;
    }

    @BeforeAll
    void makeInstance() {
        product.dropSample("hello");
        hello = ProductInstance.create(product, "login@example.com", "hello");
    }

    @AfterAll
    void deleteInstance() {
        product.shell("instance:delete", hello.id(), "--yes");
    }

    private URI encrypted(String relative) {
        return product.https().resolve(hello.path() + relative);
    }

    private URI encryptedSocket() {
        return URI.create(encrypted("/hello").toString().replaceFirst("^http", "ws"));
    }

    // ------------------------------------------------------------------------------------------------------- Java

    @Test
    void whoKnowsThePasswordIsGreeted() {
        for (URI uri : List.of(hello.webSocket("/hello"), encryptedSocket())) {
            ProductSocket socket = new ProductSocket(uri);
            JsonObject result = AppClient.login(socket, "hello", hello.password());
            JsonObject who = AppClient.ask(socket, "{\"mt\":\"Hello\",\"src\":\"s1\"}");

            assertThat(result.get("ok").getAsBoolean()).isTrue();
            assertThat(result.get("domain").getAsString()).isEqualTo("example.com");
            assertThat(who.get("mt").getAsString()).isEqualTo("HelloResult");
            assertThat(who.get("src").getAsString()).isEqualTo("s1");
            assertThat(who.get("dn").getAsString()).isEqualTo("Admin");
            assertThat(AppClient.ask(socket, "{\"mt\":\"AppInfo\",\"app\":\"hello\"}")
                            .get("mt")
                            .getAsString())
                    .isEqualTo("AppInfoResult");
            assertThat(socket.close(1000, "")).isEqualTo(1000);
        }
    }

    @Test
    void whoDoesNotKnowThePasswordIsTurnedAwayAndLogged() {
        ProductInstance other = ProductInstance.create(product, "guessed@example.com", "hello");
        ProductSocket socket = new ProductSocket(other.webSocket("/hello"));

        assertThat(AppClient.login(socket, "hello", hello.password()).toString())
                .isEqualTo("{\"mt\":\"AppLoginResult\",\"ok\":false}");
        assertThat(socket.closeCode()).isEqualTo(1008);
        ProductWait.until(
                "the wrong login is logged",
                BOUND,
                () -> ProductFiles.text(product.data().resolve("logs/hello/hello.log"))
                        .contains("guessed@example.com Wrong app login from 127.0.0.1 as 'hello' to 'hello'"));
        product.shell("instance:delete", other.id(), "--yes");
    }

    @Test
    void alarmsOfThePlatformComeLiveToTheEventsApp() {
        product.dropSample("events");
        ProductInstance events = ProductInstance.create(product, "events@example.com", "events");
        ProductSocket page = new ProductSocket(events.webSocket("/events"));
        AppClient.login(page, "events", events.password());
        AppClient.ask(page, "{\"mt\":\"List\",\"src\":\"s1\"}");
        String address = events.uri("/alarms").toString().replaceFirst("://", "://platform@");
        product.shellWithInput(events.password() + "\n", "alarm:sink", "add", "noc", address, "--password", "-");

        assertThat(product.json("alarm:sink", "test", "noc").toString()).contains("HTTP 200");
        // Alarms that are due come as well.
        String told = page.receive();
        while (!told.contains("This is a test of the alarm sink noc")) {
            told = page.receive();
        }
        product.shell("alarm:sink", "remove", "noc");
        product.shell("instance:delete", events.id(), "--yes");
    }

    @Test
    void aChangedPasswordIsTheOneToLogInWith() {
        ProductInstance other = ProductInstance.create(product, "changed@example.com", "hello");
        product.shellWithInput("another password\n", "instance:edit", other.id(), "--password", "-");
        ProductWait.until("it serves again", BOUND, () -> other.status("/") == 200);

        assertThat(AppClient.login(new ProductSocket(other.webSocket("/hello")), "hello", "another password")
                        .get("ok")
                        .getAsBoolean())
                .isTrue();
        assertThat(AppClient.login(new ProductSocket(other.webSocket("/hello")), "hello", other.password())
                        .get("ok")
                        .getAsBoolean())
                .isFalse();
        product.shell("instance:delete", other.id(), "--yes");
    }

    @Test
    void nobodyReachesTheAppBeforeTheLogin() {
        assertThat(new ProductSocket(hello.webSocket("/hello"))
                        .send("{\"mt\":\"Hello\"}")
                        .closeCode())
                .isEqualTo(1008);
        assertThat(new ProductSocket(hello.webSocket("/hello")).send("hello").closeCode())
                .isEqualTo(1007);
    }

    @Test
    void aPageWithoutWebSocketsGetsACookie() {
        String challenge = JsonParser.parseString(
                        ProductHttp.get(encrypted("/hello?mt=AppChallenge")).body())
                .getAsJsonObject()
                .get("challenge")
                .getAsString();
        String query = AppClient.passwordLogin("hello", challenge, hello.password()).entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", "&challenge=" + challenge));

        HttpResponse<String> answer = ProductHttp.get(encrypted("/hello" + query));

        assertThat(answer.body()).contains("\"ok\":true");
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("; Path=" + hello.path(), "; HttpOnly", "; SameSite=Strict", "; Secure");
        assertThat(ProductHttp.get(encrypted("/who")).statusCode()).isEqualTo(403);
        assertThat(ProductHttp.send(ProductHttp.request(encrypted("/who")).header("Cookie", cookie.split(";")[0]))
                        .body())
                .isEqualTo("Admin\n");
        assertThat(ProductHttp.get(encrypted("/hello" + query)).body()).contains("\"ok\":false");
    }

    // --------------------------------------------------------------------------------------------------- Chromium

    @Test
    void thePageLogsInByPasswordOverHttp2() {
        try (Browser browser = new Browser()) {
            Browser.Page page = browser.open(encrypted("/hello.htm"));
            page.evaluate("window.violations = 0;"
                    + "document.addEventListener('securitypolicyviolation', () => { window.violations++; });");
            until(page, "!document.getElementById('login').hidden");
            type(page, "wrong");
            until(page, "document.getElementById('error').textContent.includes('not the right password')");
            type(page, hello.password());
            until(page, "document.getElementById('greeting').textContent === 'Hello, Admin!'");
            until(page, "!document.getElementById('who').hidden && document.getElementById('login').hidden");

            assertThat(page.evaluate(PROTOCOL).getAsString()).isEqualTo("h2");
            assertThat(page.evaluate("window.violations").getAsInt()).isZero();
            assertThat(browser.end()).contains(":protocol: websocket");
        }
    }

    @Test
    void thePageComesBackAfterItsConnectionWasLost() {
        ProductInstance other = ProductInstance.create(product, "restarted@example.com", "hello");
        try (Browser browser = new Browser()) {
            Browser.Page page = browser.open(product.https().resolve(other.path() + "/hello.htm"));
            until(page, "!document.getElementById('login').hidden");
            type(page, other.password());
            until(page, "!document.getElementById('who').hidden");

            product.json("instance:stop", other.id());
            until(page, "document.getElementById('status').textContent.includes('Trying again')");
            product.json("instance:start", other.id());

            until(page, "!document.getElementById('who').hidden");
        } finally {
            product.shell("instance:delete", other.id(), "--yes");
        }
    }

    @Test
    void aClientAroundThePageLogsItIn() {
        try (Browser browser = new Browser()) {
            Browser.Page client = browser.open(encrypted("/"));
            client.evaluate(ProductFiles.text(Classpath.testClasses().resolve(FRAMED)));
            client.evaluate("frame('" + hello.password() + "')");
            until(client, "greeting() === 'Hello, Älice \"A.\"!'");
        }
    }

    @Test
    void overPlainHttpThePageSaysWhyItCannotLogIn() {
        try (Browser browser = new Browser("--host-resolver-rules=MAP plain.example 127.0.0.1")) {
            URI plain = URI.create("http://plain.example:" + product.http().getPort() + hello.path() + "/hello.htm");
            Browser.Page page = browser.open(plain);
            until(page, "document.getElementById('status').textContent.includes('only over HTTPS')");
            until(page, "document.getElementById('submit').disabled");
        }
    }

    private static void type(Browser.Page page, String password) {
        page.evaluate("document.getElementById('password').value = '" + password + "';"
                + "document.getElementById('login').requestSubmit();");
    }

    private static void until(Browser.Page page, String condition) {
        ProductWait.until(condition, BOUND, () -> page.evaluate(condition).getAsBoolean());
    }
}
