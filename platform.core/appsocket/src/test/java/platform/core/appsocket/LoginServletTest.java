package platform.core.appsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AppLogin;
import platform.webserver.api.WebserverException;

/** The login for pages without WebSockets. */
class LoginServletTest {

    private static final String REFUSED = "{\"mt\":\"AppLoginResult\",\"ok\":false}";

    private final Fixture app = new Fixture();

    @Test
    void theRightLoginGetsACookieByWhichTheAppKnowsItsClient() throws IOException {
        FakeHttp http = get(login(challenge(), Client.PASSWORD, "{\"cn\":\"Ä b\"}"));

        assertThat(http.status).isEqualTo(200);
        assertThat(http.headers).containsEntry("Content-Type", "application/json; charset=utf-8");
        assertThat(http.headers).containsEntry("Cache-Control", "no-store");
        assertThat(http.body())
                .isEqualTo("{\"mt\":\"AppLoginResult\",\"ok\":true,\"app\":\"hello\",\"domain\":\"example.com\"}");
        assertThat(http.headers.get("Set-Cookie"))
                .matches("platform-login=[A-Za-z0-9_-]{43}; Path=/example.com/acme; HttpOnly; SameSite=Strict; Secure");
        assertThat(whoIs(cookie(http)).orElseThrow().info()).containsEntry("cn", "Ä b");
        assertThat(app.sessions).isEmpty();
    }

    @Test
    void overPlainHttpTheCookieIsNotSecure() throws IOException {
        FakeHttp http = login(challenge(), Client.PASSWORD, null);
        http.secure = false;

        assertThat(get(http).headers.get("Set-Cookie")).endsWith("; SameSite=Strict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "empty", "null"})
    void anInfoMayBeMissing(String info) throws IOException {
        // As clients that join all they have read from the request: an empty one is hashed as such.
        FakeHttp http = login(challenge(), Client.PASSWORD, info.equals("empty") ? "" : null);
        if (info.equals("null")) {
            http.parameters.put("info", "null");
        }

        assertThat(get(http).body()).contains("\"ok\":true");
        assertThat(whoIs(cookie(http)).orElseThrow().infoText()).isEmpty();
    }

    @Test
    void aChallengeIsGoodOnceAndForThirtySeconds() throws IOException {
        String used = challenge();
        assertThat(get(login(used, Client.PASSWORD, null)).body()).contains("\"ok\":true");
        mustBeRefused(get(login(used, Client.PASSWORD, null)));
        String late = challenge();
        app.clock.advance(Challenge.VALID);
        mustBeRefused(get(login(late, Client.PASSWORD, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcdef"})
    void aChallengeThatNobodyGaveIsRefused(String challenge) throws IOException {
        mustBeRefused(get(login(challenge, Client.PASSWORD, null)));
    }

    @Test
    void aWrongLoginIsRefused() throws IOException {
        mustBeRefused(get(login(challenge(), "wrong", null)));
        mustBeRefused(get(login(challenge(), Client.PASSWORD, "[]")));
        mustBeRefused(get(login(challenge(), Client.PASSWORD, "{")));
    }

    private void mustBeRefused(FakeHttp http) {
        assertThat(http.body()).isEqualTo(REFUSED);
        assertThat(http.headers).doesNotContainKey("Set-Cookie");
    }

    @Test
    void whoGuessesIsTurnedAwayUnseen() throws IOException {
        for (int i = 0; i < LoginDelay.FREE + 2; i++) {
            get(login(challenge(), "wrong", null));
        }
        String challenge = challenge();
        FakeHttp turnedAway = get(login(challenge, Client.PASSWORD, null));
        mustBeRefused(turnedAway);
        assertThat(turnedAway.status).isEqualTo(429);
        assertThat(turnedAway.headers).containsEntry("Retry-After", "2");

        app.clock.advance(Duration.ofSeconds(2));
        assertThat(get(login(challenge, Client.PASSWORD, null)).body()).contains("\"ok\":true");
    }

    @Test
    void socketsAndRequestsShareOneCount() throws IOException {
        for (int i = 0; i < LoginDelay.FREE; i++) {
            app.guess("192.0.2.1");
        }
        assertThat(get(login(challenge(), Client.PASSWORD, null)).status).isEqualTo(429);
    }

    @Test
    void anotherSitesPageLogsNobodyIn() throws IOException {
        FakeHttp http = login(challenge(), Client.PASSWORD, null);
        http.requestHeaders.put("Sec-Fetch-Site", "cross-site");

        mustBeRefused(get(http));
        assertThat(http.status).isEqualTo(403);
    }

    @Test
    void aRequestForSomethingElseIsExplained() throws IOException {
        FakeHttp http = get(new FakeHttp());

        assertThat(http.status).isEqualTo(400);
        assertThat(http.body()).contains("?mt=AppChallenge");
    }

    @Test
    void aCookieEnds() throws IOException {
        Cookie cookie = cookie(get(login(challenge(), Client.PASSWORD, null)));
        app.clock.advance(LoginCookies.VALID);
        assertThat(whoIs(cookie)).isPresent();
        app.clock.advance(Duration.ofMillis(1));
        assertThat(whoIs(cookie)).isEmpty();
    }

    @Test
    void aCookieEndsWithItsPassword() throws IOException {
        Cookie cookie = cookie(get(login(challenge(), Client.PASSWORD, null)));
        app.passwords = List.of("new", Client.PASSWORD);
        assertThat(whoIs(cookie)).isPresent();
        app.passwords = List.of("new");
        assertThat(whoIs(cookie)).isEmpty();
    }

    @Test
    void whoHasNoCookieIsNobody() {
        assertThat(app.sockets.loginOf(new FakeHttp().request())).isEmpty();
        assertThat(whoIs(new Cookie(LoginCookies.NAME, "made-up"))).isEmpty();
        assertThat(whoIs(new Cookie("other", "x"))).isEmpty();
    }

    @Test
    void aRegistrationEndsAsAWhole() {
        app.sockets.register("/admin/second", session -> app).close();

        assertThat(app.web.sockets).containsOnlyKeys("/hello");
        assertThat(app.web.servlets).containsOnlyKeys("/hello");
        assertThat(app.web.options.keepsRemote()).isTrue();
    }

    @Test
    void aRegistrationThatFailsLeavesNothing() {
        app.web.sockets.clear();
        assertThatThrownBy(() -> app.sockets.register("/hello", session -> app)).isInstanceOf(WebserverException.class);

        assertThat(app.web.sockets).isEmpty();
        assertThatThrownBy(() -> app.sockets.register("/", session -> app))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("has no name");
    }

    private String challenge() throws IOException {
        FakeHttp http = new FakeHttp();
        http.parameters.put("mt", "AppChallenge");
        return get(http).body().replaceFirst("^\\{\"mt\":\"AppChallengeResult\",\"challenge\":\"(.*)\"}$", "$1");
    }

    private static FakeHttp login(String challenge, String password, String info) {
        FakeHttp http = new FakeHttp();
        http.parameters.put("mt", "AppLogin");
        http.parameters.put("app", "hello");
        http.parameters.put("sip", "alice");
        http.parameters.put("dn", "Alice");
        http.parameters.put("challenge", challenge);
        http.parameters.put("digest", Client.digest("hello", "", "alice", "", "Alice", info, challenge, password));
        if (info != null) {
            http.parameters.put("info", info);
        }
        return http;
    }

    private FakeHttp get(FakeHttp http) throws IOException {
        ((LoginServlet) app.web.servlets.get("/hello")).doGet(http.request(), http.response());
        return http;
    }

    private static Cookie cookie(FakeHttp http) {
        String value = http.headers.get("Set-Cookie").replaceFirst("platform-login=([^;]*);.*", "$1");
        return new Cookie(LoginCookies.NAME, value);
    }

    private Optional<AppLogin> whoIs(Cookie cookie) {
        FakeHttp http = new FakeHttp();
        http.cookies = new Cookie[] {cookie};
        return app.sockets.loginOf(http.request());
    }
}
