package platform.webserver.jetty;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebContext.Registration;
import platform.webserver.api.WebPath;

/** A server on free ports of the loopback address, without a whiteboard: {@code /} alone answers, as the root page. */
final class TestServer implements AutoCloseable {

    static final SelfSigned.Keys KEYS = newKeys();

    private static final TlsSettings TLS = new TlsSettings(List.of(), false, Duration.ofDays(365));

    final ExecutorService executor = Executors.newSingleThreadExecutor();
    /** A request for {@code /slow} counts the first down and waits for the second. */
    final CountDownLatch arrived = new CountDownLatch(1);

    final CountDownLatch released = new CountDownLatch(1);
    final AcmeChallenges challenges = new AcmeChallenges();
    final HttpClient client;
    final TlsContext tls;
    final JettyServer server;

    TestServer() {
        this(settings("127.0.0.1", 0));
    }

    TestServer(Settings settings) {
        this(settings, null);
    }

    /** @param pages the platform's own; null for those that are here */
    TestServer(Settings settings, Handler pages) {
        this.client = HttpClient.newBuilder().sslContext(trusting(KEYS)).build();
        this.tls = new TlsContext(CertificateTable.of(KEYS.certificate()));
        this.server = new JettyServer(
                settings, tls, challenges, spec -> new NoServlets(), pages == null ? new RootPage() : pages);
    }

    static Settings settings(String bind, int http) {
        return settings(bind, http, TLS, HttpSettingsFixture.DEFAULT);
    }

    static Settings settings(String bind, int http, TlsSettings tls) {
        return settings(bind, http, tls, HttpSettingsFixture.DEFAULT);
    }

    static Settings settings(String bind, int http, HttpSettings web) {
        return settings(bind, http, TLS, web);
    }

    private static Settings settings(String bind, int http, TlsSettings tls, HttpSettings web) {
        return new Settings(
                bind,
                http,
                0,
                Path.of("unused"),
                64,
                Duration.ofSeconds(30),
                16384,
                SocketLimitsFixture.DEFAULT,
                tls,
                web);
    }

    /** With limits or proxies of the test's own. */
    static TestServer started(HttpSettings web) {
        TestServer server = new TestServer(settings("127.0.0.1", 0, web));
        server.server.start(() -> {});
        return server;
    }

    static TestServer started() {
        TestServer server = new TestServer();
        server.server.start(() -> {});
        return server;
    }

    WebPath open(String path, String owner) {
        return server.paths().open(new PathSpec(path, owner, "testapp", executor));
    }

    URI http() {
        return server.addresses().get(0);
    }

    URI https() {
        return server.addresses().get(1);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(http().resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .version(HttpClient.Version.HTTP_1_1);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends bytes as they are and returns the whole answer; the request should say {@code Connection: close}. */
    String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", http().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    @Override
    public void close() {
        server.close();
        executor.shutdownNow();
    }

    private static SelfSigned.Keys newKeys() {
        try {
            return new SelfSigned(Files.createTempDirectory("keys").resolve("secrets"), Clock.systemUTC()).keys();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a client needs to trust a self-signed certificate. */
    static SSLContext trusting(SelfSigned.Keys keys) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(keys.store());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A place for servlets that takes none. */
    private static final class NoServlets implements ServletContexts.Context {
        @Override
        public Registration servlet(String pattern, Servlet servlet) {
            return () -> {};
        }

        @Override
        public void close() {}
    }

    /** Stands for the platform's own pages. */
    final class RootPage extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (Request.getPathInContext(request).equals("/slow")) {
                arrived.countDown();
                released.await();
                Content.Sink.write(response, true, "slow page", callback);
            } else if (Request.getPathInContext(request).equals("/")) {
                response.getHeaders().put("X-Virtual-Thread", String.valueOf(VirtualThreads.isVirtualThread()));
                Content.Sink.write(response, true, "root page", callback);
            } else if (Request.getPathInContext(request).equals("/who")) {
                Content.Sink.write(response, true, who(request), callback);
            } else if (Request.getPathInContext(request).equals("/length")) {
                int length = Content.Source.asByteBuffer(request).remaining();
                Content.Sink.write(response, true, String.valueOf(length), callback);
            } else {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
            return true;
        }

        /** As a servlet sees it. */
        private static String who(Request request) {
            return Request.getRemoteAddr(request) + " " + request.getHttpURI().getScheme() + " "
                    + Request.getServerName(request) + ":" + Request.getServerPort(request) + " " + request.isSecure();
        }
    }
}
