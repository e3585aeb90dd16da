package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.condition.Condition;
import org.osgi.util.tracker.ServiceTracker;

/** The bundle among its real companions in Felix: what only a framework can show. */
class FrameworkTest {

    private static final Pattern BUNDLES = Pattern.compile(
            "(jetty-|jose4j-|bc(prov|util|pkix)-|slf4j-|logback-|asm|commons-|org\\.apache\\.felix\\.(scr|configadmin)"
                    + "|org\\.apache\\.felix\\.http\\.(servlet-api|wrappers)|org\\.apache\\.aries\\.spifly"
                    + "|org\\.osgi\\.(service\\.(servlet|http|component-)|util\\.)|platform\\.webserver\\.(api|http1)).*");
    private static final String WEBSERVER = "(objectClass=platform.webserver.api.Webserver)";
    private static final long WAIT_MILLIS = 30_000;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Framework framework;
    private URI root;
    private URI tlsRoot;

    @BeforeEach
    void boot() throws BundleException {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        properties.put("platform.data", folder.resolve("data").toString());
        properties.put("platform.bind", "127.0.0.1");
        properties.put("platform.http.port", "0");
        properties.put("platform.https.port", "0");
        boot(properties);
    }

    @BeforeAll
    static void logQuietly() {
        System.setProperty("logback.configurationFile", "src/test/resources/logback-test.xml");
    }

    private void boot(Map<String, String> properties) throws BundleException {
        Map<String, String> all = new HashMap<>(properties);
        // Otherwise Felix finds the libraries on the test's class path too.
        all.put("felix.bootdelegation.implicit", "false");
        framework = new FrameworkFactory().newFramework(all);
        framework.start();
    }

    private void install() throws Exception {
        for (String entry : classPath()) {
            if (BUNDLES.matcher(Path.of(entry).getFileName().toString()).matches()) {
                framework
                        .getBundleContext()
                        .installBundle(Path.of(entry).toUri().toString());
            }
        }
        Path own = Path.of("target/classes").toAbsolutePath();
        framework.getBundleContext().installBundle("reference:" + own.toUri());
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
        }
    }

    private static List<String> classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(path.split(File.pathSeparator));
    }

    private void startTestApp() throws Exception {
        waitFor(WEBSERVER);
        ServiceReference<?> runtime = waitFor("(objectClass=org.osgi.service.servlet.runtime.HttpServiceRuntime)");
        String[] endpoints = (String[]) runtime.getProperty("osgi.http.endpoint");
        root = URI.create(endpoints[0]);
        tlsRoot = URI.create(endpoints[1]);
        framework
                .getBundleContext()
                .installBundle(appJar(folder.resolve("app.jar")).toUri().toString())
                .start();
    }

    private ServiceReference<?> waitFor(String filter) throws Exception {
        ServiceTracker<?, ?> tracker = new ServiceTracker<>(
                framework.getBundleContext(), framework.getBundleContext().createFilter(filter), null);
        tracker.open(true);
        try {
            assertThat(tracker.waitForService(WAIT_MILLIS)).as(filter).isNotNull();
            return tracker.getServiceReference();
        } finally {
            tracker.close();
        }
    }

    private static Path appJar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, "testapp");
        main.putValue(Constants.BUNDLE_ACTIVATOR, TestApp.class.getName());
        main.putValue(
                Constants.IMPORT_PACKAGE,
                "platform.webserver.api,jakarta.servlet;version=6.1,jakarta.servlet.http;version=6.1,"
                        + "org.osgi.framework,org.slf4j");
        Path classes = Path.of("target/test-classes");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path path : (Iterable<Path>) files.filter(FrameworkTest::isOfTheApp)::iterator) {
                String name = classes.relativize(path).toString();
                jar.putNextEntry(new JarEntry(Files.isDirectory(path) ? name + "/" : name));
                if (Files.isRegularFile(path)) {
                    Files.copy(path, jar);
                }
            }
        }
        return file;
    }

    private static boolean isOfTheApp(Path path) {
        return path.toString().contains("/TestApp") || path.startsWith("target/test-classes/web");
    }

    @AfterEach
    void shutDown() throws Exception {
        framework.stop();
        framework.waitForStop(WAIT_MILLIS);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofString());
    }

    @Test
    void everythingResolvesAndServes() throws Exception {
        install();
        startTestApp();

        assertThat(get("/example.com/acme/dav/x").statusCode()).isEqualTo(503);
        get("/example.com/control/activate");
        assertServletSeesItsPath();
        assertHttp2AndSocketsOverTls();
        assertFailuresWereReported();
        assertErrorsShowNothing();
        assertThat(get("/example.com/acme/").body()).contains("Test page");
        assertThat(get("/example.com/acme/docs").statusCode()).isEqualTo(302);
        assertThat(get("/example.com/acme/none").statusCode()).isEqualTo(404);
        assertThat(get("/example.com/acme/board").body()).isEqualTo("whiteboard /board");
        assertThat(get("/elsewhere").body()).isEqualTo("whiteboard /*");
        assertThat(get("/example.com/control/session").headers().firstValue("set-cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax"));
        assertLifeCycle();
    }

    private void assertServletSeesItsPath() throws Exception {
        for (String method : List.of("PROPFIND", "PROPPATCH", "MKCOL", "MOVE", "COPY", "LOCK", "UNLOCK", "PUT")) {
            HttpRequest request = HttpRequest.newBuilder(root.resolve("/example.com/acme/dav/a%20b/100%25.txt"))
                    .method(method, BodyPublishers.ofString("12345"))
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).body())
                    .isEqualTo(method + "|/example.com/acme|/example.com/acme|/dav|/a b/100%.txt|5|testapp"
                            + "|acme@example.com|own loader");
        }
    }

    /** ALPN comes out of another bundle, by SPI Fly. */
    private void assertHttp2AndSocketsOverTls() throws Exception {
        SelfSigned.Keys keys = new SelfSigned(folder.resolve("data/secrets"), Clock.systemUTC()).keys();
        HttpClient trusting =
                HttpClient.newBuilder().sslContext(TestServer.trusting(keys)).build();
        HttpRequest request = HttpRequest.newBuilder(tlsRoot.resolve("/example.com/acme/dav/x"))
                .build();
        HttpResponse<String> answer = trusting.send(request, BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(200);
        CompletableFuture<String> echo = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                echo.complete(data.toString());
                return null;
            }
        };
        URI uri = URI.create("wss://localhost:" + tlsRoot.getPort() + "/example.com/acme/echo");
        trusting.newWebSocketBuilder()
                .buildAsync(uri, listener)
                .join()
                .sendText("hello", true)
                .join();
        assertThat(echo.get(WAIT_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("hello");
    }

    private void assertFailuresWereReported() throws Exception {
        assertThat(get("/example.com/control/").body().split("\n"))
                .satisfiesExactly(
                        taken -> assertThat(taken).contains("acme@example.com", "'/dav/*' is registered already"),
                        init -> assertThat(init).contains("'/fails' failed in init: no table"),
                        pattern -> assertThat(pattern).contains("'no-slash' is no servlet pattern"),
                        board -> assertThat(board).contains("'/board' was not taken"));
    }

    private void assertErrorsShowNothing() throws Exception {
        assertThat(get("/example.com/acme/broken/full").body())
                .isEqualTo("507 Insufficient Storage: The quota of 1 MB is reached\n");
        HttpResponse<String> broken = get("/example.com/acme/broken/early");
        assertThat(broken.body()).isEqualTo("500 Server Error\n");
        assertThat(broken.headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThatThrownBy(() -> get("/example.com/acme/broken/late")).isInstanceOf(IOException.class);
    }

    private void assertLifeCycle() throws Exception {
        get("/example.com/control/suspend");
        assertThat(get("/example.com/acme/dav/x").body()).isEqualTo("acme is being updated.\n");
        get("/example.com/control/activate");
        assertThat(get("/example.com/acme/dav/x").statusCode()).isEqualTo(200);
        get("/example.com/control/clear");
        assertThat(get("/example.com/acme/dav/x").statusCode()).isEqualTo(404);
        get("/example.com/control/close");
        assertThat(get("/example.com/acme/dav/x").body()).isEqualTo("whiteboard /*");
    }

    @Test
    void settingsThatItCannotStartWithLeaveTheFormer() throws Exception {
        install();
        ServiceReference<?> first = waitFor(WEBSERVER);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            configure(Map.of("http.port", taken.getLocalPort(), "idle.seconds", 30));

            ServiceReference<?> again =
                    waitFor("(&" + WEBSERVER + "(!(service.id=" + first.getProperty(Constants.SERVICE_ID) + ")))");

            root = URI.create(((String[]) again.getProperty("addresses"))[0]);
            assertThat(root.getPort()).isNotEqualTo(taken.getLocalPort());
            assertThat(get("/none").statusCode()).isEqualTo(503);
        }
    }

    private void configure(Map<String, Object> settings) throws Exception {
        ServiceReference<?> reference = waitFor("(objectClass=org.osgi.service.cm.ConfigurationAdmin)");
        Object admin = framework.getBundleContext().getService(reference);
        Object configuration = call(admin, "getConfiguration", WebserverComponent.PID, "?");
        call(configuration, "update", new Hashtable<>(settings));
    }

    /** Its classes are others than those on the test's class path. */
    private static Object call(Object service, String name, Object... arguments) throws Exception {
        for (Method method : service.getClass().getMethods()) {
            if (method.getName().equals(name) && accepts(method.getParameterTypes(), arguments)) {
                method.setAccessible(true);
                return method.invoke(service, arguments);
            }
        }
        throw new NoSuchMethodException(name);
    }

    private static boolean accepts(Class<?>[] types, Object... arguments) {
        return types.length == arguments.length
                && IntStream.range(0, types.length).allMatch(i -> types[i].isInstance(arguments[i]));
    }

    @Test
    void aPortInUseIsReportedAsACondition() throws Exception {
        shutDown();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            boot(Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.resolve("cache2").toString(),
                    "platform.data",
                    folder.resolve("data").toString(),
                    "platform.bind",
                    "127.0.0.1",
                    "platform.http.port",
                    String.valueOf(taken.getLocalPort()),
                    "platform.https.port",
                    "0"));
            install();

            ServiceReference<?> failed = waitFor("(" + Condition.CONDITION_ID + "=platform.failed)");

            assertThat(failed.getProperty("reason"))
                    .asString()
                    .startsWith(
                            "Port " + taken.getLocalPort() + " of 127.0.0.1 cannot be opened: another program uses it.")
                    .endsWith("with --http PORT.");
        }
    }
}
