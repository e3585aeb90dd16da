package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebserverException;

/** Which request reaches whom. */
class RoutingTest {

    private final TestServer server = TestServer.started();

    @AfterEach
    void stop() {
        server.close();
    }

    private WebPath serving(String path, String owner) {
        WebPath opened = server.open(path, owner);
        opened.context().files("/", RoutingTest.class, "/web");
        opened.activate();
        return opened;
    }

    @Test
    void anUnknownPathIsNotFoundAndTheRootIsThePlatforms() throws Exception {
        assertThat(server.get("/nobody").statusCode()).isEqualTo(404);
        assertThat(server.get("/nobody").body()).isEqualTo("404 Not Found\n");
        assertThat(server.get("/").body()).isEqualTo("root page");
    }

    @Test
    void aPathThatMayStillBeOpenedAnswers503() throws Exception {
        server.server.paths().expectMore();

        HttpResponse<String> early = server.get("/nobody");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.headers().firstValue("retry-after")).contains("5");
        assertThat(early.body()).isEqualTo("The platform is starting: try again in a moment.\n");
        assertThat(server.get("/").body()).isEqualTo("root page");
        assertThat(server.get("/manager/nothing").statusCode()).isEqualTo(404);

        server.server.paths().allOpened();
        assertThat(server.get("/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void aPathAnswers503UntilItIsActivatedAndAgainWhenSuspended() throws Exception {
        WebPath path = server.open("/example.com/acme", "acme@example.com");
        path.context().files("/", RoutingTest.class, "/web");

        assertThat(server.get("/example.com/acme/").statusCode()).isEqualTo(503);
        path.activate();
        assertThat(server.get("/example.com/acme/").statusCode()).isEqualTo(200);
        path.suspend("acme is being updated.");
        HttpResponse<String> refused = server.get("/example.com/acme/");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).isEqualTo("acme is being updated.\n");
        assertThat(refused.headers().firstValue("retry-after")).contains("5");
        assertThat(refused.headers().firstValue("content-type")).contains("text/plain;charset=utf-8");
        path.activate();
        assertThat(server.get("/example.com/acme/").statusCode()).isEqualTo(200);
    }

    @Test
    void requestsToAHeldPathWaitUntilItServesAgain() throws Exception {
        WebPath path = serving("/example.com/acme", "acme@example.com");
        path.hold(Duration.ofMinutes(1));
        path.suspend("acme is moving.");

        CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> status("/example.com/acme/"));
        assertThatThrownBy(() -> waiting.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        path.activate();

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(200);
    }

    @Test
    void aHeldPathThatDoesNotServeInTimeAnswers503() throws Exception {
        WebPath path = serving("/example.com/acme", "acme@example.com");
        path.hold(Duration.ofMillis(50));
        path.suspend("acme is moving.");

        assertThat(server.get("/example.com/acme/").statusCode()).isEqualTo(503);
    }

    @Test
    void whoWaitsIsKnownAndLetGoWhenThereIsNothingToWaitFor() throws Exception {
        WebPath path = serving("/example.com/acme", "acme@example.com");
        path.hold(Duration.ofMinutes(1));
        path.suspend("acme starts.");
        assertThat(path.isAwaited()).isFalse();

        CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> status("/example.com/acme/"));
        await(path::isAwaited);
        path.hold(Duration.ZERO);

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(503);
        assertThat(path.isAwaited()).isFalse();
    }

    @Test
    void aLongerHoldKeepsThoseThatWaitAlready() throws Exception {
        WebPath path = serving("/example.com/acme", "acme@example.com");
        path.hold(Duration.ofSeconds(1));
        path.suspend("acme starts.");
        CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> status("/example.com/acme/"));
        await(path::isAwaited);
        path.hold(Duration.ofMinutes(1));
        assertThatThrownBy(() -> waiting.get(1500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        path.activate();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(200);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private int status(String path) {
        try {
            return server.get(path).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatHasMovedElsewhereIsRedirectedThereUntilItIsActivated() throws Exception {
        WebPath path = serving("/example.com/acme", "acme@example.com");
        path.redirect(URI.create("https://far.example.org:8443/new/place/"));
        HttpResponse<String> moved = server.get("/example.com/acme/a%20b/?c=d");
        assertThat(moved.statusCode()).isEqualTo(307);
        assertThat(moved.headers().firstValue("location"))
                .contains("https://far.example.org:8443/new/place/a%20b/?c=d");
        assertThat(moved.headers().firstValue("cache-control")).contains("no-store");
        assertThat(server.get("/example.com/acme").headers().firstValue("location"))
                .contains("https://far.example.org:8443/new/place/");
        path.suspend("It still is.");
        assertThat(server.get("/example.com/acme/").statusCode()).isEqualTo(307);
        path.activate();
        assertThat(server.get("/example.com/acme/").statusCode()).isEqualTo(200);
    }

    @Test
    void clearingRemovesWhatWasRegisteredAndClosingGivesThePathBack() throws Exception {
        WebPath path = serving("/example.com/acme", "acme@example.com");

        path.clear();
        path.clear();
        assertThat(server.get("/example.com/acme/").statusCode()).isEqualTo(404);
        path.context().files("/", RoutingTest.class, "/web");
        assertThat(server.get("/example.com/acme/").statusCode()).isEqualTo(200);
        path.close();
        path.close();
        assertThat(server.get("/example.com/acme/").statusCode()).isEqualTo(404);
        assertThatThrownBy(path::activate).isInstanceOf(WebserverException.class);
        assertThatThrownBy(() -> path.context().files("/", RoutingTest.class, "/web"))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("acme@example.com has ended");
        serving("/example.com/acme", "other@example.com");
        assertThat(server.get("/example.com/acme/").statusCode()).isEqualTo(200);
    }

    @Test
    void theLongestPrefixOnWholeSegmentsWins() throws Exception {
        WebPath outer = serving("/example.com", "outer@example.com");
        WebPath inner = serving("/example.com/a/b", "inner@example.com");
        outer.suspend("outer");
        inner.suspend("inner");

        assertThat(server.get("/example.com/a/b").body()).isEqualTo("inner\n");
        assertThat(server.get("/example.com/a/b/c/d").body()).isEqualTo("inner\n");
        assertThat(server.get("/example.com/a/bc").body()).isEqualTo("outer\n");
        assertThat(server.get("/example.com/a").body()).isEqualTo("outer\n");
        assertThat(server.get("/example.com").body()).isEqualTo("outer\n");
        assertThat(server.get("/example.common").statusCode()).isEqualTo(404);
        assertThat(server.get("/Example.com/").statusCode()).isEqualTo(404);
        assertThat(server.get("/example%2ecom/%61/b").body()).isEqualTo("inner\n");
    }

    @Test
    void aTakenPathIsRefusedByTheNameOfItsOwner() {
        server.open("/example.com/acme", "acme@example.com");

        assertThatThrownBy(() -> server.open("/example.com/acme", "other@example.com"))
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("is taken by acme@example.com");
        assertThatThrownBy(() -> server.server.paths().check("/example.com/acme", "new@example.com"))
                .isInstanceOf(WebserverException.class);
        server.server.paths().check("/example.com/acme/below", "new@example.com");
    }

    @Test
    void theSlashAfterThePathIsAddedByARedirect() throws Exception {
        serving("/example.com/acme", "acme@example.com");

        HttpResponse<String> answer = server.get("/example.com/acme?a=b");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("location")).contains("/example.com/acme/?a=b");
    }

    @Test
    void aRegistrationThatIsTakenIsRefused() {
        WebPath path = serving("/example.com/acme", "acme@example.com");

        assertThatThrownBy(() -> path.context().files("/", RoutingTest.class, "/web"))
                .isInstanceOf(WebserverException.class)
                .hasMessage("acme@example.com: '/' is registered already: close that registration, or use another.");
        assertThatThrownBy(() -> path.context().files("/docs/", RoutingTest.class, "/web"))
                .isInstanceOf(WebserverException.class);
        assertThatThrownBy(() -> path.context().files("/docs", RoutingTest.class, "/"))
                .isInstanceOf(WebserverException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/example.com/acme/../acme/index.html",
                "/example.com/acme/./index.html",
                "/example.com/acme/..",
                "/../../etc/passwd",
                "/example.com/acme/%2e%2e/index.html",
                "/example.com/acme/.%2E/index.html",
                "/example.com/acme/..;x/index.html",
                "/example.com/acme/%00",
                "/example.com/acme/index.html%00.png",
                "/example.com/acme%2findex.html",
                "/example.com/acme/..%2findex.html",
                "/example.com/acme/%5c..%5cindex.html",
                "/example.com/acme/..\\index.html",
                "/example.com/acme//index.html",
                "/example.com/acme/%c0%ae%c0%ae/index.html",
                "/example.com/acme/%u002e/index.html",
                "/example.com/acme/%zz",
                "example.com/acme"
            })
    void pathsThatCouldMeanSomethingElseAreBadRequests(String path) throws Exception {
        serving("/example.com/acme", "acme@example.com");

        assertThat(server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .doesNotContain("Test page", "Exception", "\tat ");
    }

    @Test
    void aClientThatSentABadTargetGoesOn() throws Exception {
        serving("/example.com/acme", "acme@example.com");
        for (int i = 0; i < 5; i++) {
            assertThat(server.get("/example.com/acme/%00").statusCode()).isEqualTo(400);
            assertThat(server.send("POST", "/length").statusCode()).isEqualTo(200);
        }
        assertThat(server.raw("GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n")).contains("\r\nConnection: close\r\n");
    }

    @Test
    void malformedRequestsAreRefusedWithoutNamingTheServer() throws Exception {
        serving("/example.com/acme", "acme@example.com");
        String end = "Connection: close\r\n\r\n";

        assertThat(server.raw("GET / HTTP/1.1\r\n" + end)).startsWith("HTTP/1.1 400 ");
        assertThat(server.raw("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n" + end))
                .startsWith("HTTP/1.1 400 ");
        assertThat(server.raw("TRACE / HTTP/1.1\r\nHost: localhost\r\n" + end)).startsWith("HTTP/1.1 400 ");
        assertThat(server.raw("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n" + end))
                .startsWith("HTTP/1.1 404 ");
        assertThat(server.raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n" + end))
                .startsWith("HTTP/1.1 431 ");
        assertThat(server.raw("nonsense\r\n\r\n")).contains("400 Bad Request").doesNotContain("Jetty", "Server:");
    }
}
