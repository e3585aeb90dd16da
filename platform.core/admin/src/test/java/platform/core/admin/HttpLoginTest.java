package platform.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AccessScope;
import platform.core.api.Caller;
import platform.core.api.ExternalUser;
import platform.core.api.Role;

/** Who gets to the API, and from where. */
class HttpLoginTest {

    private final FakeAccess access = new FakeAccess();
    private final HttpLogin api = new HttpLogin(access, Caller.Origin.REST, true);

    private static Exchange bearer(String token) {
        return new Exchange().header("Authorization", "Bearer " + token);
    }

    @Test
    void aTokenIsTaken() {
        HttpLogin.Result result = api.of(bearer(FakeAccess.TOKEN).request());
        assertThat(result.caller().orElseThrow().user()).isEqualTo("viewer/ci");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "plat_"})
    void aWrongTokenIsNot(String token) {
        HttpLogin.Result result = api.of(bearer(token).request());
        assertThat(result.caller()).isEmpty();
        assertThat(result.status()).isEqualTo(401);
    }

    @Test
    void aTokenIsNotTakenInTheOpen() {
        Exchange exchange = bearer(FakeAccess.TOKEN);
        exchange.remoteAddress = "192.0.2.7";
        assertThat(api.of(exchange.request()).status()).isEqualTo(403);
        assertThat(api.of(exchange.secure().request()).caller()).isPresent();
    }

    @Test
    void theConsoleTakesNoToken() {
        HttpLogin console = new HttpLogin(access, Caller.Origin.CONSOLE, false);
        assertThat(console.of(bearer(FakeAccess.TOKEN).request()).caller()).isEmpty();
    }

    @Test
    void aCookieIsNothing() {
        Exchange exchange = new Exchange().header("Cookie", "JSESSIONID=1; token=" + FakeAccess.TOKEN);
        assertThat(api.of(exchange.request()).status()).isEqualTo(401);
    }

    @Test
    void aSessionOfTheConsoleIsNothingHere() {
        access.sessions.add(new ExternalUser("anna", "17", Role.ADMINISTRATOR, AccessScope.EVERYTHING));
        Exchange exchange = new Exchange();
        exchange.cookies.add(new Cookie(Cookies.SESSION.name(), FakeAccess.SESSION));
        assertThat(api.of(exchange.request()).status()).isEqualTo(401);
        HttpLogin forPasswords = new HttpLogin(access, Caller.Origin.REST, false);
        assertThat(forPasswords.of(exchange.request()).status()).isEqualTo(401);
    }

    @Test
    void anotherSitesPageChangesNothing() {
        Exchange exchange = new Exchange()
                .login("admin", FakeAccess.PASSWORD)
                .method("POST")
                .header("Sec-Fetch-Site", "cross-site");
        assertThat(api.of(exchange.request()).status()).isEqualTo(403);
        assertThat(access.checks).isZero();
    }
}
