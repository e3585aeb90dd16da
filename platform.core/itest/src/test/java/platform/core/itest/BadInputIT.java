package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a user, a client or an administrator should not do: it is refused in one clear sentence and changes nothing. */
@ExtendWith(ProductShared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Product product;
    private ProductInstance files;
    private ProductInstance neighbour;
    private ProductInstance hello;

    BadInputIT(Product product) {
        this.product = product;
    }

    @BeforeAll
    void makeInstances() {
        product.dropSample("files");
        product.dropSample("hello");
        files = ProductInstance.create(product, "bad@example.com", "files");
        neighbour = ProductInstance.create(product, "neighbour@example.com", "files");
        hello = ProductInstance.create(product, "badhello@example.com", "hello");
        files.put("/dav/own.txt", "own content");
        neighbour.put("/dav/foreign.txt", "foreign content");
    }

    @AfterAll
    void deleteInstances() {
        for (ProductInstance instance : List.of(files, neighbour, hello)) {
            product.shell("instance:delete", instance.id(), "--yes");
        }
    }

    @Test
    void anInstancesNameThatIsNotAllowedIsRefusedWithTheAllowedForm() throws SQLException {
        ProductDatabase database = new ProductDatabase(product.data());
        Set<String> before = database.databases();
        Set<String> roles = database.roles();
        List<String> names = List.of(
                "it's@example.com",
                "a\"b@example.com",
                "two words@example.com",
                "a/b@example.com",
                "../../etc@example.com",
                "b\\c@example.com",
                "ünï@example.com",
                "日本@example.com",
                "$(id)`id`;id@example.com",
                "x'; DROP TABLE instance; --@example.com",
                "line\nbreak@example.com",
                "a".repeat(200) + "@example.com",
                "a@" + "b".repeat(200) + ".com",
                "a@exa mple.com",
                "a@../..",
                "a@b@c",
                "@example.com",
                "a@",
                "nodomain");

        for (String name : names) {
            refused("instance:create", name, "--app", "files").contains("Use ");
        }

        assertThat(product.list("instance:list", "id").keySet()).doesNotContainAnyElementsOf(names);
        assertThat(database.databases()).isEqualTo(before);
        assertThat(database.roles()).isEqualTo(roles);
    }

    @Test
    void aPathOrDatabaseThatIsTakenReservedOrMalformedIsRefused() throws SQLException {
        Set<String> before = new ProductDatabase(product.data()).databases();

        refused("instance:create", "second@example.com", "--app", "files", "--path", files.path())
                .contains(files.path());
        refused("instance:edit", neighbour.id(), "--path", files.path()).contains(files.path());
        refused("instance:create", files.id(), "--app", "files").contains(files.id());
        refused("instance:create", "third@example.com", "--app", "files", "--database", files.database())
                .contains(files.database());
        for (String name : List.of("", "it's", "back\\slash", "manager", "postgres", "pg_own", "n".repeat(64))) {
            refused("instance:create", "third@example.com", "--app", "files", "--database", name)
                    .contains("Use 1 to 63 bytes");
        }
        for (String path : List.of("/system", "/system/x", "/", "", "x", "/a//b", "/a/../b", "/a b", "/a'b", "/%41")) {
            refused("instance:create", "third@example.com", "--app", "files", "--path", path);
        }

        assertThat(new ProductDatabase(product.data()).databases()).isEqualTo(before);
        assertThat(neighbour.propfind()).isEqualTo(207);
    }

    @Test
    void anAppThatIsNotThereIsRefused() {
        refused("instance:create", "fourth@example.com", "--app", "no-such-app").contains("no-such-app");
    }

    @Test
    void aDatabasesNameAndASettingAreTakenLiterally() throws SQLException {
        String name = "we\"ird näme; DROP DATABASE manager; --";
        String value = "it's \"$HOME\" * `id` (ünï) = 1; x";

        ProductInstance odd = ProductInstance.create(
                product, "odd@example.com", "files", "--database", name, "--set", "note=" + value);

        assertThat(new ProductDatabase(product.data()).databases()).contains(name, "manager");
        assertThat(new ProductDatabase(product.data()).roles()).contains(name);
        assertThat(odd.info().getAsJsonObject("settings").get("note").getAsString())
                .isEqualTo(value);
        odd.put("/dav/x.txt", "x");
        assertThat(odd.get("/dav/x.txt")).isEqualTo("x");
        product.json("instance:delete", odd.id(), "--yes");
        assertThat(new ProductDatabase(product.data()).databases()).doesNotContain(name);
        assertThat(new ProductDatabase(product.data()).roles()).doesNotContain(name);
    }

    @Test
    void aPortInUseIsOneSentenceAndNothingIsLeftRunning() {
        String port = String.valueOf(product.http().getPort());
        try (Product second = Product.of(Product.built())) {
            var result = second.platform(
                    "run", "--data", second.data().toString(), "--http", port, "--https", "0", "--bind", "127.0.0.1");

            mustHaveFailed(result).contains(port);
            assertThat(second.processes()).isEmpty();
        }
    }

    @Test
    void aDataFolderInUseIsOneSentenceAndDoesNotDisturb() {
        var result = product.platform(
                "run", "--data", product.data().toString(), "--http", "0", "--https", "0", "--bind", "127.0.0.1");

        mustHaveFailed(result).contains(product.data().toString());
        assertThat(files.get("/dav/own.txt")).isEqualTo("own content");
        assertThat(product.list("app:list", "name")).containsKey("files");
    }

    @Test
    void aDataFolderOfANewerVersionIsOneSentence() {
        try (Product second = Product.of(Product.built())) {
            ProductFiles.write(second.data().resolve("version"), "99.0.0\n");

            var result = second.platform(
                    "run", "--data", second.data().toString(), "--http", "0", "--https", "0", "--bind", "127.0.0.1");

            mustHaveFailed(result).contains("99.0.0");
            assertThat(second.processes()).isEmpty();
            assertThat(second.data().resolve("pgsql/data")).doesNotExist();
        }
    }

    @Test
    void aDataFolderThatIsAFileIsOneSentence() {
        try (Product second = Product.of(Product.built())) {
            ProductFiles.write(second.data(), "no folder");

            var result = second.platform("run", "--data", second.data().toString(), "--http", "0", "--https", "0");

            mustHaveFailed(result).contains(second.data().toString());
        }
    }

    @Test
    void aDataFolderThatPostgresqlCannotEnterIsAnAlarm() throws IOException {
        assumeThat(System.getProperty("user.name"))
                .as("Only root hands PostgreSQL over to another user")
                .isEqualTo("root");
        try (Product second = Product.of(Product.built())) {
            Files.setPosixFilePermissions(second.data().getParent(), PosixFilePermissions.fromString("rwx------"));

            second.start();

            assertThat(second.shell("alarm:list", "-o", "json").out())
                    .contains("database-unavailable")
                    .contains("chmod o+x " + second.data().getParent());
            second.terminate();
            assertThat(second.processes()).isEmpty();
        }
    }

    @Test
    void aRequestThatClimbsOutOfItsPathIsRefused() {
        String foreign = neighbour.path().substring(1) + "/dav/foreign.txt";
        Stream<String> roots = Stream.of("/", files.path() + "/", files.path() + "/dav/", hello.path() + "/");
        roots.forEach(root -> {
            for (String climb :
                    List.of("../../../../", "%2e%2e/%2e%2e/%2e%2e/", "..%2f..%2f..%2f", "%2e./.%2e/%2e%2e/")) {
                mustBeRefused(root + climb + "etc/passwd");
                mustBeRefused(root + climb + foreign);
                mustBeRefused(root + climb + "META-INF/MANIFEST.MF");
            }
            for (String odd :
                    List.of("..", "%2e%2e", "%2e%2e%2f", "x%00", "own.txt%00.html", "..;/x", "..%5cx", "\\..\\x")) {
                mustBeRefused(root + odd);
            }
        });
        mustBeRefused(files.path() + "/%64av/../../neighbour/dav/foreign.txt");
        assertThat(files.get("/dav/own.txt")).isEqualTo("own content");
    }

    /** The client is logged in, so that a 401 does not hide what lies behind it. */
    private void mustBeRefused(String target) {
        String answer =
                ProductHttp.raw(product.http(), target, ProductHttp.basic(ProductInstance.USER, files.password()));

        assertThat(answer).as(target).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
        assertThat(answer).as(target).doesNotContain("foreign content", "root:", "Bundle-", "\tat ", "/bin/");
    }

    @Test
    void aTextFileInTheAppsFolderIsReportedAndDisturbsNothing() throws IOException {
        Path text = product.data().resolve("apps/letter.jar");
        ProductFiles.write(text, "Dear platform, this is no jar.\n");

        ProductWait.until("letter.jar is reported", SOON, () -> reason("letter.jar") != null);
        assertThat(reason("letter.jar")).isNotBlank();
        assertThat(product.shell("app:list").out()).contains("letter.jar", "FAILED");
        assertThat(files.get("/dav/own.txt")).isEqualTo("own content");

        Files.delete(text);
        ProductWait.until("letter.jar is forgotten", SOON, () -> reason("letter.jar") == null);
    }

    @Test
    void aBundleThatIsNoAppOrDoesNotResolveIsReportedAndDisturbsNothing() throws IOException {
        String app = "platform.app;platform.app=homeless;title=Homeless";
        Map<String, String> wanting = Map.of(
                "Bundle-SymbolicName", "it.homeless",
                "Import-Package", "no.such.api",
                "Provide-Capability", app);
        Path plain = product.data().resolve("apps/plain.jar");
        Path homeless = product.data().resolve("apps/homeless.jar");

        ProductJar.write(plain, Map.of("Bundle-SymbolicName", "it.plain"), Map.of());
        ProductJar.write(homeless, wanting, Map.of());

        ProductWait.until(
                "both are reported", SOON, () -> reason("plain.jar") != null && reason("homeless.jar") != null);
        assertThat(reason("plain.jar")).contains("platform.app");
        assertThat(reason("homeless.jar")).contains("no.such.api");
        refused("instance:create", "fifth@example.com", "--app", "plain");
        refused("instance:create", "fifth@example.com", "--app", "homeless");
        assertThat(files.get("/dav/own.txt")).isEqualTo("own content");

        Files.delete(plain);
        Files.delete(homeless);
        ProductWait.until(
                "both are forgotten", SOON, () -> reason("plain.jar") == null && reason("homeless.jar") == null);
    }

    @Test
    void aJarCutInHalfOverAnInstalledOneLeavesTheServiceRunning() throws IOException {
        Path jar = product.data().resolve("apps/app.files.jar");
        byte[] whole = ProductFiles.bytes(jar);

        Files.write(jar, Arrays.copyOf(whole, whole.length / 2), StandardOpenOption.TRUNCATE_EXISTING);

        ProductWait.until("the half jar is reported", SOON, () -> {
            assertThat(files.status("/dav/own.txt")).isEqualTo(200);
            return !"".equals(reason("app.files.jar"));
        });
        assertThat(product.list("app:list", "file")
                        .get("app.files.jar")
                        .get("state")
                        .getAsString())
                .isEqualTo("RUNNING");
        files.put("/dav/new.txt", "written by the old code");
        assertThat(files.get("/dav/new.txt")).isEqualTo("written by the old code");

        Files.write(jar, whole);
        ProductWait.until("all is well again", SOON, () -> "".equals(reason("app.files.jar")));
        assertThat(files.get("/dav/own.txt")).isEqualTo("own content");
    }

    /** Why the file is not what runs; null when it is not listed. */
    private String reason(String file) {
        var listed = product.list("app:list", "file").get(file);
        return listed == null ? null : listed.get("reason").getAsString();
    }

    /** The command fails with one clear sentence, which is given for more questions. */
    private AbstractStringAssert<?> refused(String... command) {
        return mustHaveFailed(product.shell(command));
    }

    private static AbstractStringAssert<?> mustHaveFailed(ProductProcess.Result result) {
        assertThat(result.status()).as("%s", result).isNotZero();
        assertThat(result.err().lines().filter(line -> !line.isBlank()))
                .as("%s", result)
                .hasSize(1);
        assertThat(result.err()).doesNotContain("Exception", "\tat ");
        return assertThat(result.err());
    }
}
