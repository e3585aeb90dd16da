package platform.core.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import platform.core.api.AccessScope;
import platform.core.api.Caller;
import platform.core.api.ExternalUser;
import platform.core.api.Role;

/** Nothing of the API is there before somebody has logged in. */
class ApiServletTest {

    private final FakeAccess access = new FakeAccess();
    private int fetched;
    private Caller caller;
    private boolean broken;

    private final ApiServlet door = new ApiServlet(access, new ComponentServiceObjects<Servlet>() {

        @Override
        public Servlet getService() {
            fetched++;
            return new HttpServlet() {
                private static final long serialVersionUID = 1L;

                @Override
                public void init(ServletConfig config) throws ServletException {
                    if (broken) {
                        throw new ServletException("A start that fails, as a test wants it");
                    }
                }

                @Override
                protected void service(HttpServletRequest request, HttpServletResponse response) {
                    caller = (Caller) request.getAttribute(Caller.class.getName());
                }
            };
        }

        @Override
        public void ungetService(Servlet service) {
            fetched--;
        }

        @Override
        public ServiceReference<Servlet> getServiceReference() {
            throw new AssertionError("Nobody needs it");
        }
    });

    private Exchange call(Exchange exchange) throws ServletException, IOException {
        door.service(exchange.request(), exchange.response());
        return exchange;
    }

    @Test
    void whoIsNotLoggedInIsAnsweredBeforeTheApiIsThere() throws Exception {
        Exchange refused = call(new Exchange());
        assertThat(refused.status).isEqualTo(401);
        assertThat(refused.headers).containsEntry("Content-Type", "application/problem+json");
        assertThat(refused.body()).isEqualTo("{\"status\":401,\"detail\":\"Log in as a user of this platform.\"}");
        assertThat(fetched).isZero();
    }

    @Test
    void whoSendsMuchBeforeHeReadsLearnsThatHeIsRefused() throws Exception {
        Exchange upload = new Exchange().method("PUT");
        upload.sent = new SentBody(1 << 20);
        assertThat(call(upload).status).isEqualTo(401);
        assertThat(upload.sent.isFinished()).isTrue();
    }

    @Test
    void nobodyIsReadWithoutEnd() throws Exception {
        Exchange flood = new Exchange().method("PUT");
        flood.sent = new SentBody(1L << 40);
        assertThat(call(flood).status).isEqualTo(401);
        assertThat(flood.sent.left).isGreaterThan(1L << 39);
    }

    @Test
    void whoAsksBeforeHeSendsNeedNotSend() throws Exception {
        Exchange careful = new Exchange().method("PUT").header("Expect", "100-continue");
        careful.sent = new SentBody(1 << 20);
        assertThat(call(careful).status).isEqualTo(401);
        assertThat(careful.sent.left).isEqualTo(1 << 20);
    }

    @Test
    void whoIsLoggedInIsHandedOnAndTheApiIsFetchedOnce() throws Exception {
        call(new Exchange().login("operator", FakeAccess.PASSWORD));
        call(new Exchange().header("Authorization", "Bearer " + FakeAccess.TOKEN));
        assertThat(caller.user()).isEqualTo("viewer/ci");
        assertThat(fetched).isEqualTo(1);
        door.destroy();
        assertThat(fetched).isZero();
    }

    private Exchange browser(String path, String uri) {
        access.openSession(
                new ExternalUser("anna", "id", Role.VIEWER, AccessScope.EVERYTHING),
                Caller.Origin.CONSOLE,
                InetAddress.getLoopbackAddress());
        Exchange exchange = new Exchange().below(path).at(uri);
        exchange.cookies.add(new Cookie(Cookies.SESSION.name(), FakeAccess.SESSION));
        return exchange;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/", "/docs/swagger-ui.css", "/openapi.json"})
    void whoIsLoggedInToTheConsoleMayReadAboutTheApi(String path) throws Exception {
        assertThat(call(browser(path, ApiServlet.PATH + path)).status).isEqualTo(200);
        assertThat(caller.user()).isEqualTo("oidc:anna");
        assertThat(call(new Exchange().below(path).at(ApiServlet.PATH + path)).status)
                .isEqualTo(401);
    }

    @Test
    void aBrowserIsAskedByWhatMeansItWantsToLogIn() throws Exception {
        ApiServlet both = new ApiServlet(
                access,
                null,
                new LoginServlet(
                        OidcLoginTest.config(Map.of("issuer", "https://id.example.com")), access, Clock.systemUTC()));
        Exchange page =
                new Exchange().below("/docs/").at(ApiServlet.PATH + "/docs/").header("Accept", "text/html,*/*");
        both.service(page.request(), page.response());
        assertThat(page.headers).containsEntry("Location", "/manager/login?page=%2Fmanager%2Fapi%2Fv1%2Fdocs%2F");

        for (String root : List.of("", "/")) {
            Exchange above =
                    new Exchange().below(root).at(ApiServlet.PATH + root).header("Accept", "text/html,*/*");
            both.service(above.request(), above.response());
            assertThat(above.headers).containsEntry("Location", "/manager/api/v1/docs/");
            Exchange program = new Exchange().below(root).at(ApiServlet.PATH + root);
            both.service(program.request(), program.response());
            assertThat(program.status).isEqualTo(401);
        }

        Exchange operation =
                new Exchange().below("/apps").at(ApiServlet.PATH + "/apps").header("Accept", "text/html,*/*");
        both.service(operation.request(), operation.response());
        assertThat(operation.status).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        ", ''",
        "/instances, /instances",
        "/docs, /docs",
        "/instances, /docs/../instances",
        "/docs/, /docs/%2e%2e/instances",
        "/openapi.json, /instances;/../openapi.json",
    })
    void theApiItselfTakesNoCookies(String path, String uri) throws Exception {
        assertThat(call(browser(path, ApiServlet.PATH + uri)).status).isEqualTo(401);
        assertThat(fetched).isZero();
    }

    @Test
    void afterAStartThatFailedTheNextRequestTriesAnew() throws Exception {
        broken = true;
        assertThatThrownBy(() -> call(new Exchange().login("operator", FakeAccess.PASSWORD)))
                .isInstanceOf(ServletException.class);
        assertThat(fetched).isZero();
        broken = false;
        call(new Exchange().login("operator", FakeAccess.PASSWORD));
        assertThat(caller.user()).isEqualTo("operator");
    }

    @Test
    void withoutTheApiTheDoorSaysSo() throws Exception {
        Exchange exchange = new Exchange().login("admin", FakeAccess.PASSWORD);
        new ApiServlet(access, null).service(exchange.request(), exchange.response());
        assertThat(exchange.status).isEqualTo(503);
    }
}
