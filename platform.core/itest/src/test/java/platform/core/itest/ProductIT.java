package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as a process: what its first user meets. */
@ExtendWith(ProductShared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProductIT {

    private static final Pattern PASSWORD = Pattern.compile("(?i)password[^\\n]*:\\s*(\\S+)");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CONSOLE = "/system/console";

    private final Product product;
    private ProductInstance acme;
    private ProductInstance other;
    private ProductInstance hello;

    ProductIT(Product product) {
        this.product = product;
    }

    @BeforeAll
    void makeInstances() {
        product.dropSample("files");
        product.dropSample("hello");
        acme = ProductInstance.create(product, "acme@example.com", "files");
        other = ProductInstance.create(product, "other@example.org", "files");
        hello = ProductInstance.create(product, "hello@example.com", "hello");
    }

    @AfterAll
    void deleteInstances() {
        for (ProductInstance instance : List.of(acme, other, hello)) {
            product.shell("instance:delete", instance.id(), "--yes");
        }
    }

    private String administratorsPassword() {
        Matcher matcher = PASSWORD.matcher(product.starts().get(0).out());
        assertThat(matcher.find()).as("The first start prints the password").isTrue();
        return matcher.group(1);
    }

    @Test
    void theFirstStartPrintsTheAdministratorsPasswordOnce() {
        String password = administratorsPassword();

        assertThat(password).hasSizeGreaterThanOrEqualTo(16);
        assertThat(product.starts().get(0).describe())
                .containsOnlyOnce(password)
                .containsOnlyOnce("http://");
    }

    @Test
    void theRootLeadsToAPageThatNamesThePlatform() {
        HttpResponse<String> page = ProductHttp.get(product.http());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("App Platform").contains(CONSOLE);
    }

    @Test
    void httpsSpeaksHttp2AndHttp1() {
        assertThat(ProductHttp.get(product.https()).version()).isEqualTo(HttpClient.Version.HTTP_2);

        var old = ProductHttp.send(ProductHttp.request(product.https()).version(HttpClient.Version.HTTP_1_1));
        assertThat(old.statusCode()).isEqualTo(200);
        assertThat(old.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void theWebConsoleKnowsThePlatformsUsersOnly() {
        var console = product.http().resolve(CONSOLE);

        assertThat(ProductHttp.get(console).statusCode()).isEqualTo(401);
        assertThat(ProductHttp.get(console, "admin", "admin").statusCode()).isEqualTo(401);
        assertThat(ProductHttp.get(console, "root", administratorsPassword()).statusCode())
                .isEqualTo(401);
        var bundles = ProductHttp.get(product.http().resolve(CONSOLE + "/bundles"), "admin", administratorsPassword());
        assertThat(bundles.statusCode()).isEqualTo(200);
        assertThat(bundles.body()).contains("platform.core.manager");
    }

    /** Whatever the console shows in its navigation, so that one that comes later is tested, too. */
    @Test
    void everyPageOfTheWebConsoleIsOpenToWhoMaySeeItAndNobodyElse() {
        String first = ProductHttp.get(
                        product.http().resolve(CONSOLE + "/platform-apps"), "admin", administratorsPassword())
                .body();
        Set<String> labels = Pattern.compile("href=['\"]" + CONSOLE + "/([^/'\"]+)['\"]")
                .matcher(first)
                .results()
                .map(link -> link.group(1).replace(" ", "%20"))
                .filter(label -> !label.equals("logout"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(labels).contains("platform-instances", "platform-apps", "platform-alarms", "bundles", "configMgr");
        String viewer = addUser("looks", "viewer", "everything");
        String stranger = addUser("stranger", "operator", "*@elsewhere.example");
        String operator = addUser("operates", "operator", "everything");

        for (String label : labels) {
            // Felix's own pages have names such as "Framework Properties".
            URI page = product.http().resolve(CONSOLE + "/" + label.replace(" ", "%20"));
            boolean open = label.startsWith("platform-");
            int wide = open ? 200 : 403;
            int bounded = open && !label.equals("platform-apps") ? 200 : 403;
            assertThat(List.of(
                            ProductHttp.get(page).statusCode(),
                            ProductHttp.get(page, "looks", viewer).statusCode(),
                            ProductHttp.get(page, "stranger", stranger).statusCode(),
                            ProductHttp.get(page, "operates", operator).statusCode(),
                            ProductHttp.get(page, "admin", administratorsPassword())
                                    .statusCode()))
                    .as(label)
                    .containsExactly(401, wide, bounded, wide, 200);
        }
        assertThat(product.shell("audit:list", "console:login").out())
                .containsPattern("looks +console \\S+ +console:login +password +done");
        List.of("looks", "stranger", "operates").forEach(user -> product.shell("user:remove", user));
    }

    private String addUser(String name, String role, String scope) {
        return product.json("user:add", name, "--role", role, "--scope", scope)
                .getAsJsonObject()
                .get("password")
                .getAsString();
    }

    @Test
    void theAdministratorGetsTheMetricsAndNobodyElse() {
        var metrics = product.http().resolve("/metrics");

        assertThat(ProductHttp.get(metrics).statusCode()).isEqualTo(401);
        assertThat(ProductHttp.get(metrics, "admin", administratorsPassword()).body())
                .contains("platform_instance_up{app=\"files\",instance_id=\"" + acme.id() + "\"} 1.0")
                .contains("platform_postgresql_memory_bytes");
    }

    @Test
    void programsManageThePlatformOverRest() {
        URI api = product.http().resolve("/manager/api/v1/");
        String token = product.json("token:add", "scrape", "--user", "admin", "--role", "viewer")
                .getAsJsonObject()
                .get("token")
                .getAsString();

        assertThat(ProductHttp.get(api.resolve("instances")).statusCode()).isEqualTo(401);
        var upload = ProductHttp.request(api.resolve("apps/files"))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[8 << 20]));
        assertThat(ProductHttp.send(upload).statusCode()).isEqualTo(401);
        assertThat(withToken(token, product.http().resolve("/metrics")).body()).contains("platform_instance_up");
        assertThat(withToken(token, api.resolve("instances")).body())
                .contains("\"id\":\"" + acme.id() + "\"", "\"state\":\"RUNNING\"");
        assertThat(withToken(token, api.resolve("openapi.json")).body()).contains("\"3.1.0\"", "startInstance");
        assertThat(withToken(token, api.resolve("audit")).statusCode()).isEqualTo(403);

        var restart = ProductHttp.request(api.resolve("instances/" + hello.id() + "/restart"))
                .header("Authorization", ProductHttp.basic("admin", administratorsPassword()))
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(ProductHttp.send(restart).body()).contains("\"state\":\"RUNNING\"");
        assertThat(product.shell("audit:list", "instance:restart").out()).contains("rest", "done");
    }

    @Test
    void aBrowserShowsTheOperationsOfTheApiAndTriesThemOut() {
        URI docs = product.http().resolve("/manager/api/v1/docs/");
        assertThat(ProductHttp.get(docs).statusCode()).isEqualTo(401);
        try (Browser browser = new Browser()) {
            // Of so many operations the page has only those that are in sight: this one is opened by its address.
            Browser.Page page = browser.open(docs.resolve("#/platform/getPlatform"), "admin", administratorsPassword());
            click(page, "#operations-platform-getPlatform .try-out__btn");
            click(page, ".execute");

            String answer = "document.querySelector('.live-responses-table tbody')";
            until(page, answer + " !== null && " + answer + ".innerText.startsWith('200')");
            assertThat(page.complaints()).isEmpty();
        }
    }

    private static void click(Browser.Page page, String selector) {
        String button = "document.querySelector('" + selector + "')";
        until(page, button + " !== null");
        page.evaluate(button + ".click()");
    }

    private static void until(Browser.Page page, String condition) {
        ProductWait.until(
                condition,
                Duration.ofSeconds(60),
                () -> page.evaluate(condition).getAsBoolean());
    }

    @Test
    void programsAreToldWhatChanges() {
        URI live = URI.create("ws://localhost:" + product.http().getPort() + "/manager/api/v1/live");
        assertThatThrownBy(() -> new ProductSocket(live)).hasCauseInstanceOf(WebSocketHandshakeException.class);
        String token = product.json("token:add", "watch", "--user", "admin", "--role", "viewer")
                .getAsJsonObject()
                .get("token")
                .getAsString();

        ProductSocket socket = new ProductSocket(live, "Authorization", "Bearer " + token);
        socket.send("{\"subscribe\":[\"log:" + other.id() + "\",\"instances\"]}");
        assertThat(until(socket, "log:" + other.id())).contains("\"complete\":true");
        until(socket, "\"topic\":\"instances\",\"complete\"");
        assertThat(product.shell("instance:stop", other.id()).status()).isZero();
        assertThat(until(socket, "STOPPED")).contains("\"id\":\"" + other.id() + "\"");
        assertThat(product.shell("instance:start", other.id()).status()).isZero();
        assertThat(until(socket, "RUNNING")).contains("\"id\":\"" + other.id() + "\"");

        assertThat(product.shell("token:remove", "watch").status()).isZero();
        assertThat(socket.closeCode()).isEqualTo(1008);
    }

    /** The next message that has this in it. */
    private static String until(ProductSocket socket, String text) {
        String message = socket.receive();
        while (!message.contains(text) && !message.equals("null")) {
            message = socket.receive();
        }
        return message;
    }

    @Test
    void anInstallerMakesAnInstanceOverTheManagersSocket() {
        URI manager = URI.create("ws://localhost:" + product.http().getPort() + "/manager");
        assertThatThrownBy(() -> new ProductSocket(manager)).hasCauseInstanceOf(WebSocketHandshakeException.class);
        String password = product.json("manager:socket", "--on")
                .getAsJsonObject()
                .get("password")
                .getAsString();

        ProductSocket socket = new ProductSocket(manager);
        AppClient.login(socket, "manager", password);
        String made = socket.send(
                        "{\"mt\":\"AddInstance\",\"src\":\"1\",\"appServiceID\":\"files\",\"appName\":\"made\","
                                + "\"appDomain\":\"example.com\",\"appPassword\":\"chosen by the installer\"}")
                .receive();
        assertThat(made).contains("AddInstanceResult", "\"src\":\"1\"", "\"ok\":true", "/example.com/made");
        assertThat(product.shell("audit:list", "made@example.com").out())
                .containsPattern("manager +socket 127.0.0.1 +instance:create")
                .doesNotContain("chosen by");

        assertThat(product.shell("manager:socket", "--off").status()).isZero();
        socket.send("{\"mt\":\"AppPlatformInfo\"}");
        assertThat(socket.closeCode()).isEqualTo(1008);
        assertThat(product.shell("instance:delete", "made@example.com", "--yes").status())
                .isZero();
    }

    private static HttpResponse<String> withToken(String token, URI uri) {
        return ProductHttp.send(ProductHttp.request(uri).header("Authorization", "Bearer " + token));
    }

    @Test
    void aCustomerHasItsOwnInstancesOnlyAndTheAuditSaysSo() {
        String password = product.json("user:add", "customer", "--role", "operator", "--scope", "*@example.com")
                .getAsJsonObject()
                .get("password")
                .getAsString();

        assertThat(product.shell("--as", "customer", "instance:list").out())
                .contains(acme.id())
                .doesNotContain(other.id());
        assertThat(product.shell("--as", "customer", "instance:stop", other.id())
                        .status())
                .isNotZero();
        assertThat(product.shell("--as", "customer", "db:sql", acme.id(), "SELECT 1")
                        .status())
                .isZero();
        var console = product.http().resolve(CONSOLE);
        assertThat(ProductHttp.get(console, "customer", password).body())
                .contains(acme.id(), "value='stop'")
                .doesNotContain(other.id(), "/bundles'");

        String audit = product.shell("audit:list", "customer").out();
        assertThat(audit).containsPattern("instance:stop +other@example.org +refused");
        assertThat(audit)
                .containsPattern("db:sql +acme@example.com SELECT 1 +done")
                .doesNotContain(password);
        assertThat(product.shell("audit:verify").status()).isZero();
        assertThat(product.shell("user:remove", "customer").status()).isZero();
    }

    @Test
    void everyCommandThatIsRegisteredSaysWhatItTakes() {
        List<String> registered = product.shell("each $.commands { echo $it }")
                .out()
                .lines()
                .filter(line -> line.contains(":"))
                .toList();

        assertThat(registered).contains("felix:stop", "hc:exec", "scr:disable", "user:add");
        Set<String> explained = product.list("help", "name").keySet();
        assertThat(registered.stream()
                        .filter(name -> !explained.contains(name))
                        .map(name -> product.shell(name, "--help").err()))
                .noneMatch(err -> err.contains("does not say what role"));
    }

    @Test
    void everybodyMayAskWhetherItIsLiveAndAdministratorsHowItIs() {
        var health = product.http().resolve("/health");
        var ready = product.http().resolve("/health/ready");

        assertThat(ProductHttp.get(health).body()).isEqualTo("{\"status\":\"OK\"}\n");
        assertThat(ProductHttp.get(ready).statusCode()).isEqualTo(401);
        var details = ProductHttp.get(ready, "admin", administratorsPassword());
        assertThat(details.statusCode()).isEqualTo(200);
        assertThat(details.body()).contains("\"name\":\"Platform\"", acme.id() + " RUNNING since");
        var instance = product.http().resolve("/health/ready/" + acme.id());
        assertThat(ProductHttp.get(instance, "admin", administratorsPassword()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPasswordIsNowhereInTheDataFolder() {
        ProductInstance chosen = new ProductInstance(product, "chosen@example.com", "", "", "Chosen-4711-password");
        var created = product.shellWithInput(
                chosen.password() + "\n", "instance:create", chosen.id(), "--app", "files", "--password", "-");
        assertThat(created.status()).as("%s", created).isZero();
        assertThat(created.out()).doesNotContain(chosen.password());

        List<String> passwords =
                List.of(administratorsPassword(), acme.password(), other.password(), chosen.password(), login(acme));
        assertThat(acme.propfind()).isEqualTo(207);
        assertThat(ProductFiles.containing(product.data(), passwords)).isEmpty();

        assertThat(product.shell("instance:delete", chosen.id(), "--yes").status())
                .isZero();
    }

    private static String login(ProductInstance instance) {
        byte[] login = (ProductInstance.USER + ":" + instance.password()).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(login);
    }

    @Test
    void anInstanceHasItsOwnPasswordAndItsOwnFiles() {
        acme.put("/dav/mine.txt", "for acme's eyes");

        assertThat(acme.get("/dav/mine.txt")).isEqualTo("for acme's eyes");
        assertThat(other.status("/dav/mine.txt")).isEqualTo(404);
        assertThat(other.listing("/dav/")).containsExactly(other.path() + "/dav/");
        var intruder = new ProductInstance(product, acme.id(), acme.path(), acme.database(), other.password());
        assertThat(intruder.status("/dav/mine.txt")).isEqualTo(401);
    }

    /** The probe inherits all rights of the role that it is a member of, so it may connect where that role may. */
    @Test
    void passwordsChangeWhileTheInstanceGoesOn() {
        ProductInstance rotated = ProductInstance.create(product, "rotated@example.com", "files");
        rotated.put("/dav/kept.txt", "kept");

        assertThat(product.shell("instance:rotate-db-password", rotated.id()).status())
                .isZero();
        assertThat(rotated.get("/dav/kept.txt")).isEqualTo("kept");
        String next = product.json("instance:set-password", rotated.id(), "--grace", "1h")
                .getAsJsonObject()
                .get("password")
                .getAsString();
        ProductInstance later = new ProductInstance(product, rotated.id(), rotated.path(), rotated.database(), next);
        assertThat(rotated.get("/dav/kept.txt")).isEqualTo("kept");
        assertThat(later.get("/dav/kept.txt")).isEqualTo("kept");
        String last = product.json("instance:set-password", rotated.id(), "--grace", "0m")
                .getAsJsonObject()
                .get("password")
                .getAsString();
        assertThat(later.status("/dav/kept.txt")).isEqualTo(401);
        assertThat(new ProductInstance(product, rotated.id(), rotated.path(), rotated.database(), last)
                        .get("/dav/kept.txt"))
                .isEqualTo("kept");
        product.shell("instance:delete", rotated.id(), "--yes");
    }

    @Test
    void aRoleConnectsToItsOwnDatabaseOnly() throws SQLException {
        ProductDatabase database = new ProductDatabase(product.data());
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("CREATE ROLE probe LOGIN PASSWORD 'probe' IN ROLE \"" + acme.database() + "\"");
            try {
                database.connect("probe", "probe", acme.database()).close();
                for (String foreign : List.of(other.database(), hello.database(), "manager", "postgres")) {
                    assertThatThrownBy(() -> database.connect("probe", "probe", foreign))
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("permission denied for database");
                }
            } finally {
                statement.execute("DROP ROLE probe");
            }
        }
    }

    @Test
    void aRoleHasNoRightBeyondItsDatabase() throws SQLException {
        String rights = "SELECT concat(rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls)"
                + " FROM pg_roles WHERE rolname IN (?, ?)";
        String verifier = "SELECT left(rolpassword, 14) FROM pg_authid WHERE rolname IN (?, ?)";

        ProductDatabase database = new ProductDatabase(product.data());
        assertThat(database.query(rights, acme.database(), other.database())).containsExactly("fffff");
        assertThat(database.query(verifier, acme.database(), other.database())).containsExactly("SCRAM-SHA-256$");
    }

    @Test
    void helloServesItsPageAndEchoesTextAndBinary() {
        HttpResponse<String> page = ProductHttp.get(hello.uri("/"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");

        ProductSocket socket = new ProductSocket(hello.webSocket("/echo"));
        assertThat(socket.send("Grüße").receive()).contains("Grüße");
        assertThat(socket.send(new byte[] {0, 1, -1}).receive()).isEqualTo("0001ff");
        socket.close();
    }

    @Test
    void anAppGoesOnInAProcessOfItsOwn(@TempDir Path folder) {
        ProductSocket before = new ProductSocket(hello.webSocket("/echo"));
        acme.put("/dav/moved.txt", "moved");

        product.json("app:isolation", "hello", "process");
        product.json("app:isolation", "files", "process");

        assertThat(before.closeCode()).isEqualTo(1012);
        assertThat(hello.status("/")).isEqualTo(200);
        ProductSocket socket = new ProductSocket(hello.webSocket("/echo"));
        assertThat(socket.send("Grüße").receive()).contains("Grüße");
        assertThat(acme.get("/dav/moved.txt")).isEqualTo("moved");
        assertThat(acme.stores("/dav/large.txt", "large".repeat(100_000))).isTrue();

        process("hello").destroyForcibly();

        assertThat(socket.closeCode()).isEqualTo(1012);
        ProductWait.until("hello serves again", SOON, () -> hello.status("/") == 200);
        assertThat(acme.get("/dav/moved.txt")).isEqualTo("moved");
        passwordsChangeWhileItServes();
        ProcessHandle former = process("hello");
        product.drop(ProductJar.withVersion(product.sample("hello"), "9.8.6", folder), "app.hello.jar");
        awaitVersion("9.8.6");
        ProductWait.until("hello serves again", SOON, () -> hello.status("/") == 200);
        assertThat(former.isAlive()).isFalse();
        product.drop(product.sample("hello"), "app.hello.jar");
        awaitVersion(ProductJar.version(product.sample("hello")));
        ProductWait.until("hello serves again", SOON, () -> hello.status("/") == 200);
        ProcessHandle process = process("files");
        product.json("app:isolation", "hello", "bundle");
        product.json("app:isolation", "files", "bundle");
        assertThat(process.isAlive()).isFalse();
        assertThat(acme.get("/dav/moved.txt")).isEqualTo("moved");
        assertThat(product.data().resolve("processes/hello")).doesNotExist();
        assertThat(product.data().resolve("processes/files")).doesNotExist();
    }

    private void passwordsChangeWhileItServes() {
        AtomicBoolean ended = new AtomicBoolean();
        List<CompletableFuture<Integer>> readers = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                    int read = 0;
                    for (; !ended.get(); read++) {
                        assertThat(acme.get("/dav/moved.txt")).isEqualTo("moved");
                    }
                    return read;
                }))
                .limit(2)
                .toList();
        for (int i = 0; i < 10; i++) {
            assertThat(product.shell("instance:rotate-db-password", acme.id()).status())
                    .isZero();
        }
        ended.set(true);
        assertThat(readers).allSatisfy(it -> assertThat(it.join()).isGreaterThan(10));
    }

    private ProcessHandle process(String app) {
        long pid = product.json("app:isolation", app)
                .getAsJsonObject()
                .get("process")
                .getAsLong();
        return ProcessHandle.of(pid).orElseThrow();
    }

    @Test
    void whatEndsAProcessIsToldAndMendedAndCostsNobodyElse() throws Exception {
        AppJar.of("doomed", DoomedApp.class).write(product.data().resolve("apps/doomed.jar"));
        product.awaitApp("doomed", "RUNNING");
        ProductInstance doomed = ProductInstance.create(product, "doomed@example.com", "doomed");
        product.json("app:limit", "doomed", "--heap", "32M");
        product.json("app:isolation", "doomed", "process");
        assertThat(doomed.get("/where")).isEqualTo("process");

        doomed.status("/exit");
        awaitReason("exit status " + DoomedApp.STATUS);
        ProductWait.until("doomed serves again", SOON, () -> doomed.status("/where") == 200);
        doomed.status("/memory");
        awaitReason("ran out of memory");
        ProductWait.until("doomed serves again", SOON, () -> doomed.status("/where") == 200);
        signal("SEGV");
        awaitReason("killed by signal 6");
        ProductWait.until("doomed serves again", SOON, () -> doomed.status("/where") == 200);
        assertThat(acme.propfind()).isEqualTo(207);
        whatHangsInItMustBeMended(doomed);
        tenRestartsMustLeaveNothing(doomed);

        ProcessHandle last = process("doomed");
        product.shell("instance:delete", doomed.id(), "--yes");
        Files.delete(product.data().resolve("apps/doomed.jar"));
        ProductWait.until("its process ends", SOON, () -> !last.isAlive());
        ProductWait.until("nothing of it is left", SOON, () -> leftOf("doomed").isEmpty());
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-s", name, Long.toString(process("doomed").pid()))
                .start()
                .waitFor();
    }

    /** Somebody looks each second, so that it takes seconds. */
    private void whatHangsInItMustBeMended(ProductInstance doomed) throws Exception {
        Path settings = product.data().resolve("etc/platform.core.manager.supervision.cfg");
        ProductFiles.write(settings, "health.period = 1\nhealth.limit = 2\n");
        restart("doomed");
        doomed.status("/output");
        awaitReason("exit status 74");
        ProductWait.until("doomed serves again", SOON, () -> doomed.status("/where") == 200);
        ProcessHandle stopped = process("doomed");
        signal("STOP");
        ProductWait.until("its process is killed", SOON, () -> !stopped.isAlive());
        ProductWait.until("doomed serves again", SOON, () -> doomed.status("/where") == 200);
        doomed.status("/deadlock");
        ProductWait.until(
                "the deadlock is told", SOON, () -> doomed.info().toString().contains("'doomed 1' waits for"));
        ProductFiles.delete(settings);
        for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
            HttpClient.newHttpClient()
                    .sendAsync(doomed.request("/loop").build(), HttpResponse.BodyHandlers.discarding());
        }
        assertThat(doomed.status("/where")).as("beside endless loops").isEqualTo(200);
        restart("doomed");
    }

    /** Former failures are forgotten by it: the fifth would be a crash loop. */
    private void restart(String app) {
        product.json("app:stop", app);
        product.json("app:start", app);
    }

    private void tenRestartsMustLeaveNothing(ProductInstance doomed) throws Exception {
        assertThat(doomed.status("/database")).isEqualTo(200);
        List<String> before = belongings(doomed);
        for (int i = 0; i < 10; i++) {
            product.json("app:limit", "doomed", "--heap", 33 + i + "M");
        }
        assertThat(doomed.status("/database")).isEqualTo(200);
        ProductWait.until("as before: " + before, SOON, () -> belongings(doomed).equals(before));
    }

    /** Its processes, its files, and its connections to the database. */
    private List<String> belongings(ProductInstance instance) {
        try (Stream<Path> files = Files.list(product.data().resolve("processes/doomed"))) {
            String processes = product.processes().stream()
                            .filter(line -> line.contains("processes/doomed"))
                            .count() + " processes";
            Set<String> connections = new ProductDatabase(product.data())
                    .query("SELECT count(*) FROM pg_stat_activity WHERE usename = ?", instance.database());
            return Stream.concat(Stream.of(processes, connections + " connections"), files.map(Path::toString))
                    .sorted()
                    .toList();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Path> leftOf(String app) {
        return Stream.of(app, app + ".jar")
                .map(name -> product.data().resolve("processes").resolve(name))
                .filter(Files::exists)
                .toList();
    }

    private void awaitReason(String reason) {
        ProductWait.until(
                "the log says " + reason,
                SOON,
                () -> ProductFiles.text(product.data().resolve("logs/platform/platform.log"))
                        .contains(reason));
    }

    @Test
    void aStoppedInstanceAnswers503AndADeletedOne404() throws SQLException {
        ProductInstance brief = ProductInstance.create(product, "brief@example.com", "hello");
        ProductSocket socket = new ProductSocket(brief.webSocket("/echo"));
        assertThat(socket.send("open").receive()).contains("open");

        product.json("instance:stop", brief.id());
        HttpResponse<String> stopped = ProductHttp.get(brief.uri("/"));
        assertThat(stopped.statusCode()).isEqualTo(503);
        assertThat(stopped.headers().firstValue("Retry-After")).isPresent();
        assertThat(socket.closeCode()).isEqualTo(1001);

        product.json("instance:start", brief.id());
        assertThat(brief.status("/")).isEqualTo(200);

        product.json("instance:delete", brief.id(), "--yes");
        assertThat(brief.status("/")).isEqualTo(404);
        assertThat(new ProductDatabase(product.data()).databases()).doesNotContain(brief.database());
        assertThat(new ProductDatabase(product.data()).roles()).doesNotContain(brief.database());
    }

    @Test
    void aReplacedJarUpdatesTheAppAndRestartsItsInstances(@TempDir Path folder) {
        ProductSocket socket = new ProductSocket(hello.webSocket("/echo"));
        Path newer = ProductJar.withVersion(product.sample("hello"), "9.8.7", folder);

        product.drop(newer, "app.hello.jar");

        awaitVersion("9.8.7");
        assertThat(socket.closeCode()).isEqualTo(1001);
        ProductWait.until("hello serves again", SOON, () -> hello.status("/") == 200);
        assertThat(acme.propfind()).isEqualTo(207);
        product.drop(product.sample("hello"), "app.hello.jar");
        awaitVersion(ProductJar.version(product.sample("hello")));
    }

    private void awaitVersion(String version) {
        ProductWait.until(
                "hello has version " + version,
                SOON,
                () -> version.equals(product.list("app:list", "name")
                        .get("hello")
                        .get("version")
                        .getAsString()));
    }

    @Test
    void aRemovedJarTakesTheAppAwayButNotTheData() throws IOException {
        acme.put("/dav/kept.txt", "kept");

        Files.delete(product.data().resolve("apps/app.files.jar"));
        ProductWait.until(
                "files is gone", SOON, () -> !product.list("app:list", "name").containsKey("files"));
        assertThat(acme.status("/dav/kept.txt")).isEqualTo(503);
        assertThat(product.list("instance:list", "id")).containsKey(acme.id());

        product.dropSample("files");
        ProductWait.until("acme serves again", SOON, () -> acme.status("/dav/kept.txt") == 200);
        assertThat(acme.get("/dav/kept.txt")).isEqualTo("kept");
    }

    @Test
    void aDeadPostgresqlIsRestartedAndTheInstancesRecover() {
        acme.put("/dav/before.txt", "before");
        ProductSocket socket = new ProductSocket(hello.webSocket("/echo"));
        ProcessHandle dead = new ProductDatabase(product.data()).process();

        dead.destroyForcibly();
        dead.onExit().join();

        ProductWait.until("acme serves again", Duration.ofSeconds(15), () -> acme.status("/dav/before.txt") == 200);
        assertThat(acme.get("/dav/before.txt")).isEqualTo("before");
        acme.put("/dav/after.txt", "after");
        ProductWait.until("acme runs", SOON, () -> acme.state().equals("RUNNING"));
        assertThat(socket.send("still open").receive()).contains("still open");
        socket.close();
        product.json("instance:create", "late@example.com", "--app", "files");
        product.json("instance:delete", "late@example.com", "--yes");
    }

    @Test
    void anInstanceCanBeChanged() {
        product.json("instance:edit", other.id(), "--path", "/moved/there", "--set", "quota=1000");
        ProductInstance moved =
                new ProductInstance(product, other.id(), "/moved/there", other.database(), other.password());

        assertThat(moved.propfind()).isEqualTo(207);
        assertThat(other.propfind()).isEqualTo(404);
        assertThat(moved.info().getAsJsonObject("settings").get("quota").getAsString())
                .isEqualTo("1000");
        product.json("instance:edit", other.id(), "--path", other.path(), "--unset", "quota");
        assertThat(other.propfind()).isEqualTo(207);
    }

    @Test
    void anOldPathRedirectsAsLongAsItIsKept() {
        product.json("instance:edit", hello.id(), "--path", "/moved/hello", "--keep-old-path", "30d");

        assertThat(ProductHttp.raw(product.http(), hello.path() + "/?a=b", ""))
                .startsWith("HTTP/1.1 308 ")
                .containsPattern("Location: \\S*/moved/hello/\\?a=b\r\n");
        ProductProcess.Result taken =
                product.shell("instance:create", "late@example.com", "--app", "hello", "--path", hello.path());
        assertThat(taken.status()).isNotZero();
        assertThat(taken.err()).contains("instance:edit " + hello.id() + " --drop-old-paths");

        product.json("instance:edit", hello.id(), "--path", hello.path(), "--keep-old-path", "1d");
        assertThat(hello.status("/")).isEqualTo(200);
        assertThat(ProductHttp.raw(product.http(), "/moved/hello", "")).startsWith("HTTP/1.1 308 ");
        product.json("instance:edit", hello.id(), "--drop-old-paths");
        assertThat(ProductHttp.raw(product.http(), "/moved/hello", "")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void anInstanceIsAloneOnAHostOfItsOwn() {
        String host = "hello.example.com";
        product.json("instance:edit", hello.id(), "--host", host);

        assertThat(ProductHttp.raw(product.http(), host, "/", ""))
                .startsWith("HTTP/1.1 307 ")
                .contains(hello.path() + "/\r\n");
        assertThat(ProductHttp.raw(product.http(), host, hello.path() + "/", ""))
                .startsWith("HTTP/1.1 200 ");
        for (String elsewhere : List.of(acme.path() + "/", CONSOLE, "/system/console/bundles")) {
            String basic = ProductHttp.basic("admin", administratorsPassword());
            assertThat(ProductHttp.raw(product.http(), host, elsewhere, basic)).startsWith("HTTP/1.1 404 ");
        }
        WireClient socket = WireClient.connect(hello.webSocket("/echo"));
        assertThat(socket.upgrade("Origin: http://" + host)).startsWith("HTTP/1.1 403 ");
        socket.close();

        product.json("instance:edit", hello.id(), "--no-host");
        assertThat(ProductHttp.raw(product.http(), host, CONSOLE, "")).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void aCommandThatFailsSaysWhyAndHasAStatus() {
        List<String> commands = List.of("no:such command", "instance:info nobody@example.com", "instance:create x@y.z");
        for (String command : commands) {
            ProductProcess.Result result = product.shell(command.split(" "));
            assertThat(result.status()).as(command).isNotZero();
            assertThat(result.err()).as(command).isNotBlank().doesNotContain("\tat ", "Exception");
        }
    }
}
