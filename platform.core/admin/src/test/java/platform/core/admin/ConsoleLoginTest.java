package platform.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.service.servlet.context.ServletContextHelper;
import platform.core.api.AccessScope;
import platform.core.api.Caller;
import platform.core.api.Role;

/** Who gets into the console, and from where. */
class ConsoleLoginTest {

    private static final String ELSEWHERE = "192.0.2.7";

    private final FakeAccess access = new FakeAccess();
    private final ConsoleLogin console = new ConsoleLogin(access);

    @Test
    void theAdministratorGetsInAndIsNamed() {
        Exchange exchange = new Exchange().login("admin", "se:same ü");
        Object user = authenticate(exchange);
        assertThat(user).isNotNull();
        assertThat(console.authorize(user, "any")).isTrue();
        assertThat(exchange.attributes).containsEntry(ServletContextHelper.REMOTE_USER, "admin");
        assertThat(exchange.headers).containsEntry("X-Frame-Options", "DENY");
    }

    @Test
    void aUserOfSomebodyElseIsNotAuthorized() {
        assertThat(console.authorize("admin", "any")).isFalse();
    }

    @Test
    void whoSaysNothingIsAskedAndNothingIsChecked() {
        Exchange exchange = new Exchange();
        assertThat(authenticate(exchange)).isNull();
        assertThat(exchange.status).isEqualTo(401);
        assertThat(exchange.headers)
                .containsEntry("WWW-Authenticate", "Basic realm=\"App Platform\", charset=\"UTF-8\"");
        assertThat(access.checks).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic !!", "Basic YWRtaW4=", "Bearer YWRtaW46YWRtaW4=", "Digest x"})
    void aMalformedHeaderIsLikeNone(String header) {
        Exchange exchange = new Exchange().header("Authorization", header);
        assertThat(authenticate(exchange)).isNull();
        assertThat(exchange.status).isEqualTo(401);
        assertThat(access.checks).isZero();
    }

    @Test
    void thereIsNoDefaultUser() {
        Exchange exchange = new Exchange().login("admin", "admin");
        assertThat(authenticate(exchange)).isNull();
        assertThat(exchange.status).isEqualTo(401);
    }

    @Test
    void plainHttpFromElsewhereIsRefusedBeforeThePasswordIsLookedAt() {
        Exchange exchange = Exchange.from(ELSEWHERE).login("admin", "se:same ü");
        assertThat(authenticate(exchange)).isNull();
        assertThat(exchange.status).isEqualTo(403);
        assertThat(exchange.body()).contains("HTTPS");
        assertThat(access.checks).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "[::1]", "0:0:0:0:0:0:0:1"})
    void plainHttpFromThisMachineIsFine(String address) {
        assertThat(authenticate(Exchange.from(address).login("admin", "se:same ü")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"})
    void whatAProxyOnThisMachinePassesOnIsNotFromThisMachine(String header) {
        Exchange plain = new Exchange().header(header, "127.0.0.1").login("admin", "se:same ü");
        assertThat(authenticate(plain)).isNull();
        assertThat(plain.status).isEqualTo(403);
        assertThat(access.checks).isZero();
        assertThat(authenticate(new Exchange().secure().header(header, "x").login("admin", "se:same ü")))
                .isNotNull();
    }

    @Test
    void httpsFromElsewhereIsFine() {
        assertThat(authenticate(Exchange.from(ELSEWHERE).secure().login("admin", "se:same ü")))
                .isNotNull();
    }

    @Test
    void anotherSitesPageCannotPost() {
        assertForged(new Exchange().header("Sec-Fetch-Site", "cross-site"));
        assertForged(new Exchange().header("Sec-Fetch-Site", "same-site"));
        assertForged(new Exchange().header("Origin", "https://evil.example").header("Host", "example.com"));
        assertForged(new Exchange().header("Origin", "null").header("Host", "example.com"));
        assertForged(new Exchange().header("Origin", "no uri").header("Host", "example.com"));
    }

    private void assertForged(Exchange exchange) {
        assertThat(authenticate(exchange.method("POST").login("admin", "se:same ü")))
                .isNull();
        assertThat(exchange.status).isEqualTo(403);
    }

    @Test
    void theConsolesOwnPagesAndToolsWithoutABrowserCanPost() {
        assertThat(authenticate(post().header("Sec-Fetch-Site", "same-origin"))).isNotNull();
        assertThat(authenticate(post().header("Origin", "https://example.com").header("Host", "Example.com")))
                .isNotNull();
        assertThat(authenticate(post())).isNotNull();
    }

    private static Exchange post() {
        return new Exchange().method("POST").login("admin", "se:same ü");
    }

    @Test
    void whoHasGuessedTooOftenIsToldHowLongToWait() {
        access.wait = Duration.ofSeconds(1);
        Exchange slowed = guess();
        assertThat(slowed.status).isEqualTo(429);
        assertThat(slowed.headers).containsEntry("Retry-After", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator"})
    void usersWhoAreNoAdministratorsDoNotGetIn(String user) {
        Exchange exchange = new Exchange().login(user, FakeAccess.PASSWORD);
        assertThat(authenticate(exchange)).isNull();
        assertThat(exchange.status).isEqualTo(403);
        assertThat(exchange.body()).contains("the role administrator", user);
    }

    @Test
    void anAdministratorOfSomethingOnlyIsNotAuthorized() {
        Caller bounded = new Caller(
                "x", Role.ADMINISTRATOR, AccessScope.parse("*@example.com"), Caller.Origin.CONSOLE, "127.0.0.1");
        assertThat(console.authorize(bounded, "any")).isFalse();
    }

    @Test
    void credentialsDoNotShowTheirPassword() {
        assertThat(new BasicCredentials("admin", "sesame")).asString().doesNotContain("sesame");
    }

    private Exchange guess() {
        Exchange exchange = Exchange.from(ELSEWHERE).secure().login("admin", "guess");
        assertThat(authenticate(exchange)).isNull();
        return exchange;
    }

    private Object authenticate(Exchange exchange) {
        return console.authenticate(exchange.request(), exchange.response());
    }
}
