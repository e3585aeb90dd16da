package platform.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.TokenRequest;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AccessScope;
import platform.core.api.ExternalUser;
import platform.core.api.Role;

/** The way to a real identity provider and back, and what happens when somebody tampers with it. */
class OidcLoginTest {

    private static final String ISSUER = "company";
    private static final Map<String, Object> CLAIMS = new ConcurrentHashMap<>();
    private static final MockOAuth2Server PROVIDER = new MockOAuth2Server(
            new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(), Set.of(new Person())));
    private static final String CLIENT = "platform";
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    private final FakeAccess access = new FakeAccess();
    private Instant now = Instant.now();
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final LoginServlet servlet = servlet(PROVIDER.issuerUrl(ISSUER).toString());

    @BeforeAll
    static void startProvider() {
        PROVIDER.start();
    }

    @AfterAll
    static void stopProvider() {
        PROVIDER.shutdown();
    }

    private LoginServlet servlet(String issuer, String... settings) {
        Map<String, String> given = new HashMap<>(Map.of(
                "issuer", issuer,
                "client_id", CLIENT,
                "client_secret", "a secret of the client",
                "address", "https://apps.example.com/",
                "roles", "admins = administrator; team = operator *@example.com"));
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        return new LoginServlet(config(given), access, clock);
    }

    static OidcConfig config(Map<String, String> given) {
        return (OidcConfig) Proxy.newProxyInstance(
                OidcConfig.class.getClassLoader(),
                new Class<?>[] {OidcConfig.class},
                (self, setting, it) -> given.getOrDefault(setting.getName(), (String) setting.getDefaultValue()));
    }

    private Exchange get(String path) throws IOException {
        return get(new Exchange().below(path));
    }

    private Exchange get(Exchange exchange) throws IOException {
        return get(servlet, exchange);
    }

    private static Exchange get(LoginServlet servlet, Exchange exchange) throws IOException {
        servlet.doGet(exchange.request(), exchange.response());
        return exchange;
    }

    /** What the provider says of who logs in next. */
    private static void says(Map<String, Object> claims) {
        CLAIMS.clear();
        CLAIMS.putAll(claims);
    }

    private static Map<String, Object> anna(String... groups) {
        return new HashMap<>(Map.of("preferred_username", "anna", "groups", List.of(groups)));
    }

    /** Goes to the provider, which asks nobody for anything. */
    private Exchange returning() throws IOException, InterruptedException {
        return returning("");
    }

    private Exchange returning(String page) throws IOException, InterruptedException {
        Exchange leaving = new Exchange().below("/provider");
        leaving.parameters.put("page", page);
        Exchange sent = get(leaving);
        assertThat(sent.body()).isEmpty();
        assertThat(sent.status).isEqualTo(302);
        HttpResponse<Void> answer = BROWSER.send(
                HttpRequest.newBuilder(URI.create(sent.headers.get("Location"))).build(),
                HttpResponse.BodyHandlers.discarding());
        URI callback = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(callback.toString()).startsWith("https://apps.example.com/manager/login/callback?");
        Exchange back = new Exchange().below("/callback");
        back.query = callback.getRawQuery();
        for (String pair : back.query.split("&")) {
            back.parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        String cookie = sent.headers.get("Set-Cookie");
        assertThat(cookie)
                .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/;")
                .doesNotContain("Domain");
        back.cookies.add(
                new Cookie(Cookies.LOGIN.name(), cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'))));
        return back;
    }

    private void assertRefused(Exchange back, String reason) throws IOException {
        get(back);
        assertThat(back.body()).contains(reason);
        assertThat(back.status).isEqualTo(403);
        assertThat(back.headers.get("Set-Cookie")).doesNotContain(Cookies.SESSION.name());
        assertThat(access.sessions).isEmpty();
        assertThat(access.refusals).last().asString().contains(reason);
    }

    @Test
    void whoseClaimFitsGetsInWithItsRoleAndScope() throws Exception {
        says(anna("others", "team"));

        Exchange back = get(returning());

        assertThat(back.body()).isEmpty();
        assertThat(back.headers).containsEntry("Location", "/system/console");
        assertThat(back.headers.get("Set-Cookie"))
                .contains(Cookies.SESSION.name() + "=" + FakeAccess.SESSION + "; Path=/");
        assertThat(access.sessions)
                .containsExactly(new ExternalUser(
                        "anna", PROVIDER.issuerUrl(ISSUER) + " 17", Role.OPERATOR, AccessScope.parse("*@example.com")));
    }

    @Test
    void whoLogsOutIsLedToTheProviderOnceAndBack() throws Exception {
        says(anna("team"));
        get(returning());
        assertThat(servlet.leaving("another session")).isEqualTo("/manager/login/left");

        String logout = servlet.leaving(FakeAccess.SESSION);

        assertThat(logout)
                .startsWith(PROVIDER.endSessionEndpointUrl(ISSUER).toString())
                .contains("id_token_hint=ey")
                .contains("post_logout_redirect_uri=https%3A%2F%2Fapps.example.com%2Fmanager%2Flogin%2Fended");
        assertThat(get("/ended").body()).contains("logged out, here and at the identity provider");
        assertThat(servlet.leaving(FakeAccess.SESSION)).isEqualTo("/manager/login/left");
    }

    @Test
    void whereTheProviderHasNoLogoutOnlyTheSessionHereEnds() throws Exception {
        try (HostileProvider provider = new HostileProvider()) {
            LoginServlet other = servlet(provider.issuer().toString());
            assertThat(provider.login(other)).isEqualTo(302);
            assertThat(other.leaving(FakeAccess.SESSION)).isEqualTo("/manager/login/left");
        }
    }

    @Test
    void theFirstRoleThatFitsHolds() throws Exception {
        says(anna("team", "admins"));
        get(returning());
        assertThat(access.sessions)
                .singleElement()
                .extracting(ExternalUser::role)
                .isEqualTo(Role.ADMINISTRATOR);
    }

    @Test
    void theWayThereHasStateNonceAndChallenge() throws Exception {
        assertThat(get("/provider").headers.get("Location"))
                .startsWith(PROVIDER.authorizationEndpointUrl(ISSUER).toString())
                .contains("response_type=code", "state=", "nonce=", "code_challenge=", "code_challenge_method=S256")
                .doesNotContain("secret");
    }

    @Test
    void whomNoRoleIsMeantForIsNotLetIn() throws Exception {
        says(anna("Admins", "administrator", ""));
        assertRefused(returning(), "No role of this platform is meant for you, anna");
        Map<String, Object> none = anna();
        none.remove("groups");
        says(none);
        assertRefused(returning(), "No role");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "<b>x</b>", "x\n", "../x", "ä"})
    void aNameThatCannotBeUsedIsNot(String name) throws Exception {
        Map<String, Object> claims = anna("admins");
        claims.put("preferred_username", name);
        says(claims);
        assertRefused(returning(), "does not tell a name");
    }

    static List<Map<String, Object>> lies() {
        List<Map<String, Object>> lies = new ArrayList<>();
        lies.add(Map.of("nonce", "another"));
        lies.add(Map.of("aud", "another"));
        lies.add(Map.of("aud", List.of(CLIENT, "another"), "azp", "another"));
        lies.add(Map.of("iss", "https://another.example"));
        lies.add(Map.of("exp", Date.from(Instant.now().minus(Duration.ofMinutes(2)))));
        return lies;
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aTokenThatIsForSomethingElseIsRefused(Map<String, Object> lie) throws Exception {
        Map<String, Object> claims = anna("admins");
        claims.putAll(lie);
        says(claims);
        assertRefused(returning(), "answer is not accepted");
    }

    @Test
    void anAnswerIsGoodOnce() throws Exception {
        says(anna("admins"));
        Exchange back = returning();
        get(back);
        access.sessions.clear();
        Exchange again = new Exchange().below("/callback");
        again.query = back.query;
        again.parameters.putAll(back.parameters);
        again.cookies.addAll(back.cookies);
        assertRefused(again, "not begun in this browser, or is over");
    }

    @Test
    void anAnswerToAnotherBrowserIsRefused() throws Exception {
        Exchange back = returning();
        back.cookies.clear();
        assertRefused(back, "not begun in this browser");
        Exchange other = returning();
        other.cookies.set(0, returning().cookies.get(0));
        assertRefused(other, "not begun in this browser");
        assertRefused(new Exchange().below("/callback"), "not begun in this browser");
    }

    @Test
    void anAnswerOfAnotherProviderIsRefused() throws Exception {
        Exchange back = returning();
        back.query += "&iss=https%3A%2F%2Fanother.example";
        assertRefused(back, "another provider has answered");
    }

    @Test
    void aProviderThatRefusesIsQuoted() throws Exception {
        Exchange back = returning();
        back.query = "state=" + back.parameters.get("state") + "&error=access_denied";
        assertRefused(back, "access_denied");
    }

    @Test
    void keysThatTheProviderHasChangedAreFetched() throws Exception {
        says(anna("admins"));
        get(returning());
        access.sessions.clear();
        try (HostileProvider provider = new HostileProvider()) {
            LoginServlet other = servlet(provider.issuer().toString());
            assertThat(provider.login(other)).isEqualTo(302);
            provider.changeKey();
            assertThat(provider.login(other)).isEqualTo(302);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "another key", "no token"})
    void aTokenThatTheProvidersKeyHasNotSignedIsRefused(String how) throws Exception {
        try (HostileProvider provider = new HostileProvider()) {
            provider.sign(how);
            assertThat(provider.login(servlet(provider.issuer().toString()))).isEqualTo(403);
        }
        assertThat(access.sessions).isEmpty();
    }

    @Test
    void whatTheTokenDoesNotTellTheProviderIsAskedFor() throws Exception {
        try (HostileProvider provider = new HostileProvider()) {
            provider.sign("without groups");
            assertThat(provider.login(servlet(provider.issuer().toString()))).isEqualTo(302);
            assertThat(access.sessions)
                    .singleElement()
                    .extracting(ExternalUser::name)
                    .isEqualTo("anna");
            access.sessions.clear();
            provider.subjectOfUserInfo = "18";
            assertThat(provider.login(servlet(provider.issuer().toString()))).isEqualTo(403);
            assertThat(access.sessions).isEmpty();
        }
    }

    @Test
    void aProviderThatCallsItselfByAnotherNameIsNotAsked() throws Exception {
        try (HostileProvider provider = new HostileProvider()) {
            Exchange exchange = get(servlet(provider.issuer() + "/x"), new Exchange().below("/provider"));
            assertThat(exchange.status).isEqualTo(503);
        }
    }

    @Test
    void aProviderThatIsAwayIsSaidToBe() throws Exception {
        Exchange exchange = get(servlet("http://127.0.0.1:1/company"), new Exchange().below("/provider"));
        assertThat(exchange.status).isEqualTo(503);
        assertThat(exchange.body()).contains("cannot be asked", "Log in with a password");
    }

    @Test
    void aProviderThatWasAwayIsAskedAgainSomeSecondsLater() throws Exception {
        try (HostileProvider provider = new HostileProvider()) {
            LoginServlet patient = servlet(provider.issuer().toString());
            provider.statusOfDiscovery = 500;
            assertThat(get(patient, new Exchange().below("/provider")).status).isEqualTo(503);
            provider.statusOfDiscovery = 200;
            assertThat(get(patient, new Exchange().below("/provider")).status).isEqualTo(503);
            now = now.plusSeconds(5);
            assertThat(get(patient, new Exchange().below("/provider")).status).isEqualTo(302);
        }
    }

    @Test
    void aProviderThatDoesNotAnswerHoldsUpFew() throws Exception {
        ExecutorService browsers = Executors.newFixedThreadPool(9);
        try (HostileProvider provider = new HostileProvider()) {
            provider.silence = new CountDownLatch(1);
            LoginServlet slow = servlet(provider.issuer().toString());
            CompletionService<Exchange> logins = new ExecutorCompletionService<>(browsers);
            for (int i = 0; i < 9; i++) {
                logins.submit(() -> get(slow, new Exchange().below("/provider")));
            }
            assertThat(logins.take().get().body()).contains("others wait for it");
            provider.silence.countDown();
            assertThat(logins.take().get().status).isEqualTo(302);
        } finally {
            browsers.shutdown();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, http://id.example.com, https",
        "issuer, ftp://127.0.0.1, https",
        "issuer, not a URL, no address",
        "address, http://apps.example.com, https",
        "address, '', https",
        "client_id, ' ', client.id",
        "roles, x=root, root"
    })
    void aWrongSettingIsNamed(String setting, String value, String reason) throws Exception {
        LoginServlet wrong = servlet(PROVIDER.issuerUrl(ISSUER).toString(), setting, value);
        Exchange exchange = get(wrong, new Exchange().below("/provider"));
        assertThat(exchange.status).isEqualTo(503);
        assertThat(exchange.body()).contains(reason);
    }

    @Test
    void claimsAreFoundByTheirNameAndWithinOthers() {
        Map<String, Object> claims =
                Map.of("realm_access", Map.of("roles", List.of("admins")), "https://x.example/roles", "team");
        assertThat(OidcLogin.claim(claims, "realm_access.roles")).isEqualTo(List.of("admins"));
        assertThat(OidcLogin.claim(claims, "https://x.example/roles")).isEqualTo("team");
        assertThat(OidcLogin.claim(claims, "realm_access.x")).isNull();
        assertThat(OidcLogin.claim(claims, "roles")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", ", false"})
    void anAddressCountsOnlyWhereTheProviderHasProvedIt(Boolean verified, boolean fits) throws Exception {
        try (HostileProvider provider = new HostileProvider()) {
            provider.emailVerified = verified;
            LoginServlet byEmail =
                    servlet(provider.issuer().toString(), "claim_role", "email", "roles", "anna@example.com = viewer");
            assertThat(provider.login(byEmail)).isEqualTo(fits ? 302 : 403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/system/console/bundles/12",
                "/system/console/logs?traces=true&minLevel=4",
                "/manager/api/v1/docs/",
            })
    void whoWasOnHisWayToAPageIsLedThere(String page) throws Exception {
        says(anna("admins"));
        assertThat(get(returning(page)).headers).containsEntry("Location", page);

        Exchange choice = new Exchange().below("");
        choice.parameters.put("page", page);
        assertThat(get(choice).body())
                .contains("/manager/login/provider?page=" + URLEncoder.encode(page, StandardCharsets.UTF_8))
                .contains("\"" + page.replaceFirst("\\?.*", "") + "?password\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example/",
                "/system/console.evil.example/",
                "/system/console@evil.example/",
                "/system/console/../../example.com/acme/",
                "/system/console/%2e%2E/%2e%2e/example.com/acme/",
                "/system/console/\r\nSet-Cookie: a=b",
                "/system/console/\"><script>alert(1)</script>",
                "/system/console/logout",
                "/example.com/acme/",
                "/manager/api/v1/instances",
                "javascript:alert(1)",
            })
    void noLinkLeadsAnywhereElse(String page) throws Exception {
        says(anna("admins"));
        assertThat(get(returning(page)).headers).containsEntry("Location", "/system/console");

        Exchange choice = new Exchange().below("");
        choice.parameters.put("page", page);
        assertThat(get(choice).body()).contains("\"/system/console?password\"").doesNotContain("evil", "alert(");
    }

    @Test
    void thePageOffersBothWays() throws Exception {
        assertThat(get("").body())
                .contains("https://apps.example.com/manager/login/provider", "/system/console?password");
    }

    @Test
    void nobodyIsLedToAnotherSite() throws Exception {
        says(anna("admins"));
        Exchange back = returning();
        for (String name : List.of("redirect_uri", "return", "next", "url")) {
            back.query += "&" + name + "=https%3A%2F%2Fevil.example";
            back.parameters.put(name, "https://evil.example");
        }
        assertThat(get(back).headers).containsEntry("Location", "/system/console");
        assertThat(get("//evil.example").headers).doesNotContainKey("Location");
    }

    @Test
    void anAnswerThatComesLateIsRefused() throws Exception {
        says(anna("admins"));
        Exchange back = returning();
        now = now.plus(Duration.ofMinutes(10));
        assertRefused(back, "is over");
    }

    @Test
    void nothingIsDoneInTheOpen() throws Exception {
        Exchange exchange = Exchange.from("192.0.2.7").below("/provider");
        assertThat(get(exchange).status).isEqualTo(403);
        assertThat(exchange.headers).doesNotContainKey("Location");
    }

    /** Whoever logs in at the provider. */
    private static final class Person implements OAuth2TokenCallback {

        @Override
        public String issuerId() {
            return ISSUER;
        }

        @Override
        public String subject(TokenRequest request) {
            return "17";
        }

        @Override
        public String typeHeader(TokenRequest request) {
            return "JWT";
        }

        @Override
        public List<String> audience(TokenRequest request) {
            return List.of(CLIENT);
        }

        @Override
        public Map<String, Object> addClaims(TokenRequest request) {
            return Map.copyOf(CLAIMS);
        }

        @Override
        public long tokenExpiry() {
            return 60;
        }
    }
}
