package platform.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.Cookie;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceReference;
import org.osgi.service.servlet.context.ServletContextHelper;
import platform.core.api.AccessScope;
import platform.core.api.Caller;
import platform.core.api.ExternalUser;
import platform.core.api.Role;

/** Who gets into the console, and from where. */
class ConsoleLoginTest {

    private static final String ELSEWHERE = "192.0.2.7";

    private final FakeAccess access = new FakeAccess();
    private final List<ServiceReference<Servlet>> plugins = new ArrayList<>(List.of(
            plugin("bundles"),
            plugin("tab", ConsoleLogin.ROLE, "viewer"),
            plugin("scoped", ConsoleLogin.ROLE, "viewer", ConsoleLogin.SCOPED, "true"),
            plugin("operators", ConsoleLogin.ROLE, "operator", ConsoleLogin.SCOPED, "true"),
            plugin("twice", ConsoleLogin.ROLE, "viewer"),
            plugin("twice")));
    private final ConsoleLogin console = new ConsoleLogin(access, plugins, null);

    @SuppressWarnings("unchecked")
    private static ServiceReference<Servlet> plugin(String label, String... properties) {
        Map<String, Object> all = new HashMap<>(Map.of("felix.webconsole.label", label));
        for (int i = 0; i < properties.length; i += 2) {
            all.put(properties[i], properties[i + 1]);
        }
        return (ServiceReference<Servlet>) Proxy.newProxyInstance(
                ServiceReference.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (self, called, it) -> {
                    assertThat(called.getName()).isEqualTo("getProperty");
                    return all.get((String) it[0]);
                });
    }

    private int status(String user, String path) {
        Exchange exchange = new Exchange().below(path);
        if (!user.isEmpty()) {
            exchange.login(user, FakeAccess.PASSWORD);
        }
        Object caller = authenticate(exchange);
        assertThat(caller == null).isEqualTo(exchange.status != 200);
        return exchange.status;
    }

    /** The columns: anonymous, viewer, operator of a domain, operator, administrator. */
    @ParameterizedTest
    @CsvSource({
        "/bundles, 401, 403, 403, 403, 200",
        "/bundles/1, 401, 403, 403, 403, 200",
        "/unknown, 401, 403, 403, 403, 200",
        "/install, 401, 403, 403, 403, 200",
        "/tab, 401, 200, 403, 200, 200",
        "/scoped, 401, 200, 200, 200, 200",
        "/scoped/res/x.js, 401, 200, 200, 200, 200",
        "/operators, 401, 403, 200, 200, 200",
        "/twice, 401, 403, 403, 403, 200",
        "/res, 401, 200, 200, 200, 200",
        "/logout, 401, 200, 200, 200, 200",
        "//scoped, 401, 403, 403, 403, 200",
        "/Scoped, 401, 403, 403, 403, 200",
        "/scoped;x, 401, 403, 403, 403, 200",
        "/scoped%2fx, 401, 403, 403, 403, 200",
        "/, 401, 302, 302, 302, 302"
    })
    void whoIsLetInIsWhatAPluginDeclares(
            String path, int anonymous, int viewer, int customer, int operator, int administrator) {
        assertThat(List.of(
                        status("", path),
                        status("viewer", path),
                        status("customer", path),
                        status("operator", path),
                        status("admin", path)))
                .containsExactly(anonymous, viewer, customer, operator, administrator);
    }

    private static Exchange inSession(String secret) {
        Exchange exchange = new Exchange().below("/scoped");
        exchange.cookies.add(new Cookie(Cookies.SESSION.name(), secret));
        return exchange;
    }

    @Test
    void aSessionLetsInUntilTheLogout() {
        access.sessions.add(new ExternalUser("anna", "17", Role.VIEWER, AccessScope.EVERYTHING));
        assertThat(authenticate(inSession(FakeAccess.SESSION)))
                .isInstanceOfSatisfying(
                        Caller.class, it -> assertThat(it.user()).isEqualTo("oidc:anna"));
        assertThat(authenticate(inSession("made up"))).isNull();
        assertThat(authenticate(inSession(FakeAccess.SESSION).below("/bundles")))
                .isNull();
        assertForged(inSession(FakeAccess.SESSION).header("Sec-Fetch-Site", "same-site"));

        Exchange leaving = inSession(FakeAccess.SESSION);
        console.logout(leaving.request(), leaving.response());
        assertThat(leaving.headers.get("Set-Cookie"))
                .startsWith(Cookies.SESSION.name() + "=;")
                .contains("Max-Age=0");
        assertThat(leaving.headers).containsEntry("Location", "/manager/login/left");
        assertThat(authenticate(inSession(FakeAccess.SESSION))).isNull();
    }

    private LoginServlet loginPage(String issuer) {
        return new LoginServlet(OidcLoginTest.config(Map.of("issuer", issuer)), access, Clock.systemUTC());
    }

    @Test
    void whoSendsMuchBeforeHeReadsLearnsThatHeIsRefused() {
        Exchange upload = new Exchange().below("/bundles").method("POST");
        upload.sent = new SentBody(1 << 20);
        assertThat(authenticate(upload)).isNull();
        assertThat(upload.status).isEqualTo(401);
        assertThat(upload.sent.isFinished()).isTrue();
    }

    @Test
    void whereNoneIsNamedThereIsNoChoice() {
        Exchange browser = new Exchange().below("/scoped").header("Accept", "text/html");
        new ConsoleLogin(access, plugins, loginPage("")).authenticate(browser.request(), browser.response());
        assertThat(browser.status).isEqualTo(401);
    }

    @Test
    void whereAnIdentityProviderIsConfiguredABrowserIsAskedByWhatMeans() {
        ConsoleLogin both = new ConsoleLogin(access, plugins, loginPage("https://id.example.com"));
        Exchange browser = new Exchange().below("/scoped").header("Accept", "text/html,*/*");
        assertThat(both.authenticate(browser.request(), browser.response())).isNull();
        assertThat(browser.headers).containsEntry("Location", "/manager/login?page=%2Fsystem%2Fconsole%2Fscoped");

        Exchange byPassword = new Exchange().below("/scoped").header("Accept", "text/html,*/*");
        byPassword.query = "password";
        both.authenticate(byPassword.request(), byPassword.response());
        assertThat(byPassword.status).isEqualTo(401);

        Exchange program = new Exchange().below("/scoped").header("Accept", "*/*");
        both.authenticate(program.request(), program.response());
        assertThat(program.status).isEqualTo(401);
    }

    @Test
    void theFirstPageIsOneThatEverybodyMaySee() {
        Exchange exchange = new Exchange().login("viewer", FakeAccess.PASSWORD).below("");
        assertThat(authenticate(exchange)).isNull();
        assertThat(exchange.headers).containsEntry("Location", "/system/console/platform-instances");
    }

    @Test
    void theAdministratorGetsInAndIsNamed() {
        Exchange exchange = new Exchange().login("admin", "se:same ü");
        Object user = authenticate(exchange);
        assertThat(user).isNotNull();
        assertThat(console.authorize(user, "any")).isTrue();
        assertThat(exchange.attributes).containsEntry(ServletContextHelper.REMOTE_USER, "admin");
        assertThat(exchange.headers)
                .containsEntry("X-Frame-Options", "DENY")
                .hasEntrySatisfying(
                        "Content-Security-Policy", it -> assertThat(it).contains("frame-ancestors 'none'"));
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
    void aBrowserIsLedToWhatItsUserMaySee() {
        Exchange exchange =
                new Exchange().login("customer", FakeAccess.PASSWORD).header("Accept", "text/html,*/*");
        assertThat(authenticate(exchange)).isNull();
        assertThat(exchange.status).isEqualTo(403);
        assertThat(exchange.body()).contains("yours is operator of *@example.com", "href=\"/system/console\"");
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
        if (exchange.pathInfo == null) {
            exchange.below("/bundles");
        }
        return console.authenticate(exchange.request(), exchange.response());
    }
}
