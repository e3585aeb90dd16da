package platform.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.service.servlet.context.ServletContextHelper;

/** Who gets into the console, from where, and how often one may guess. */
class ConsoleLoginTest {

    private static final String ELSEWHERE = "192.0.2.7";

    private final SetClock clock = new SetClock();
    private final AtomicInteger checks = new AtomicInteger();
    private final ConsoleLogin console = new ConsoleLogin(
            (user, password) -> {
                checks.incrementAndGet();
                return user.equals("admin") && new String(password).equals("se:same ü");
            },
            clock);

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
        assertThat(checks).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic !!", "Basic YWRtaW4=", "Bearer YWRtaW46YWRtaW4=", "Digest x"})
    void aMalformedHeaderIsLikeNone(String header) {
        Exchange exchange = new Exchange().header("Authorization", header);
        assertThat(authenticate(exchange)).isNull();
        assertThat(exchange.status).isEqualTo(401);
        assertThat(checks).hasValue(0);
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
        assertThat(checks).hasValue(0);
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
        assertThat(checks).hasValue(0);
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
    void guessingIsSlowedDownMoreAndMoreAndPerAddress() {
        for (int i = 0; i < LoginThrottle.FREE; i++) {
            assertThat(guess(ELSEWHERE).status).isEqualTo(401);
        }
        Exchange slowed = guess(ELSEWHERE);
        assertThat(slowed.status).isEqualTo(429);
        assertThat(slowed.headers).containsEntry("Retry-After", "2");
        assertThat(checks).hasValue(LoginThrottle.FREE);
        assertThat(guess("192.0.2.8").status).isEqualTo(401);

        clock.advance(Duration.ofSeconds(1));
        assertThat(guess(ELSEWHERE).status).isEqualTo(401);
        clock.advance(Duration.ofSeconds(1));
        assertThat(guess(ELSEWHERE).status).as("now it is two seconds").isEqualTo(429);
        clock.advance(Duration.ofHours(2));
        assertThat(guess(ELSEWHERE).status).isEqualTo(401);
        assertThat(guess(ELSEWHERE).status).as("forgiven after an hour").isEqualTo(401);
    }

    @Test
    void aClockThatIsSetBackLocksNobodyOut() {
        for (int i = 0; i < LoginThrottle.FREE; i++) {
            guess(ELSEWHERE);
        }
        clock.advance(Duration.ofDays(-400));
        assertThat(guess(ELSEWHERE).status).isEqualTo(401);
        assertThat(guess(ELSEWHERE).status).as("slowed down as before").isEqualTo(429);
    }

    @Test
    void oneIpv6NetworkCountsAsOneAddress() {
        for (int i = 0; i < LoginThrottle.FREE; i++) {
            guess("2001:db8:1:2::" + i);
        }
        assertThat(guess("2001:db8:1:2:ffff::1").status).isEqualTo(429);
        assertThat(guess("2001:db8:1:3::1").status).isEqualTo(401);
    }

    @Test
    void aRightLoginIsForgivenItsMistakes() {
        for (int i = 0; i < LoginThrottle.FREE - 1; i++) {
            guess("127.0.0.1");
        }
        assertThat(authenticate(new Exchange().login("admin", "se:same ü"))).isNotNull();
        assertThat(guess("127.0.0.1").status).isEqualTo(401);
        assertThat(guess("127.0.0.1").status).isEqualTo(401);
    }

    @Test
    void theManyRequestsOfOnePageCostOneCheckAMinute() {
        for (int i = 0; i < 20; i++) {
            assertThat(authenticate(new Exchange().login("admin", "se:same ü"))).isNotNull();
        }
        assertThat(checks).hasValue(1);
        clock.advance(Duration.ofMinutes(1));
        authenticate(new Exchange().login("admin", "se:same ü"));
        assertThat(checks).hasValue(2);
    }

    @Test
    void credentialsDoNotShowTheirPassword() {
        assertThat(new BasicCredentials("admin", "sesame")).asString().doesNotContain("sesame");
    }

    private Exchange guess(String address) {
        Exchange exchange = Exchange.from(address).secure().login("admin", "guess");
        assertThat(authenticate(exchange)).isNull();
        return exchange;
    }

    private Object authenticate(Exchange exchange) {
        return console.authenticate(exchange.request(), exchange.response());
    }
}
