package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SIGKILL before every step of making and of removing an instance. The start after it finds the whole instance or nothing of
 * it; the run in which that is looked at is the one that is killed next.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(KillIT.Logs.class)
final class KillIT {

    private static final String ID = "victim@example.com";
    private static final String ADMINISTRATOR = "An-administrators-password";

    private final Path folder = Product.newFolder();
    private final Product product = Product.of(folder.resolve("distribution"), folder.resolve("data"));
    private ProductInstance bystander;

    @BeforeAll
    void start() {
        ProductFiles.copyTree(Product.built(), folder.resolve("distribution"));
        ProductJar.bundle(
                folder.resolve("distribution/bundles/03/kill.jar"),
                KillITBundle.class,
                "org.osgi.framework;version=\"[1.8,2)\",platform.core.api;version=\"[1,2)\"");
        product.with("PLATFORM_ADMIN_PASSWORD", ADMINISTRATOR).start();
        product.dropSample("files");
        bystander = ProductInstance.create(product, "bystander@example.com", "files");
        bystander.put("/dav/file.txt", "untouched");
    }

    @AfterAll
    void stop() {
        product.close();
    }

    @Test
    @Order(1)
    void theAdministratorsPasswordFromTheEnvironmentIsTakenAndNotPrinted() {
        assertThat(product.starts().get(0).describe())
                .doesNotContain(ADMINISTRATOR)
                .doesNotContainIgnoringCase("password");
        var console = ProductHttp.get(product.http().resolve("/system/console/bundles"), "admin", ADMINISTRATOR);
        assertThat(console.statusCode()).isEqualTo(200);
        assertThat(ProductFiles.containing(product.data().resolve("secrets"), List.of(ADMINISTRATOR)))
                .isEmpty();
    }

    @Order(2)
    @ParameterizedTest
    @ValueSource(strings = {"record", "folder", "role", "database", "quota", "ready"})
    void aKillDuringCreateLeavesTheWholeInstanceOrNothing(String step) throws SQLException {
        if (isListed()) {
            product.json("instance:delete", ID, "--yes");
        }

        killAt("create " + step, "instance:create", ID, "--app", "files");

        product.start();
        mustBeWholeOrNothing();
    }

    @Order(3)
    @ParameterizedTest
    @ValueSource(strings = {"begin", "quota", "database", "role", "folder", "record"})
    void aKillDuringDeleteLeavesTheWholeInstanceOrNothing(String step) throws SQLException {
        if (!isListed()) {
            assertThat(ProductInstance.create(product, ID, "files").state()).isEqualTo("RUNNING");
        }

        killAt("delete " + step, "instance:delete", ID, "--yes");

        product.start();
        mustBeWholeOrNothing();
    }

    @Order(4)
    @Test
    void aKillDuringTheRecoveryIsRecoveredFromToo() throws SQLException {
        if (isListed()) {
            product.json("instance:delete", ID, "--yes");
        }
        killAt("create ready", "instance:create", ID, "--app", "files");
        order("delete role");
        product.launch();
        product.awaitEnd();
        assertThat(KillITBundle.order(product.data())).doesNotExist();

        product.start();

        mustBeWholeOrNothing();
        ProductInstance again = ProductInstance.create(product, ID, "files");
        assertThat(again.propfind()).isEqualTo(207);
    }

    /** Whatever is decided is decided by the one transaction that changes the names of the databases. */
    @Order(5)
    @ParameterizedTest
    @ValueSource(strings = {"database", "settings"})
    void aKillDuringARestoreLeavesTheOldStateOrTheRestoredOne(String step) throws SQLException {
        String file = product.json("backup:run", bystander.id())
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .get("file")
                .getAsString();
        bystander.put("/dav/file.txt", "changed since");

        killAt("restore " + step, "backup:restore", file);

        product.start();
        assertThat(bystander.get("/dav/file.txt")).isEqualTo(step.equals("settings") ? "untouched" : "changed since");
        assertThat(new ProductDatabase(product.data()).databases())
                .noneMatch(name -> name.startsWith("platform spare "));
        product.json("backup:restore", file);
        assertThat(bystander.get("/dav/file.txt")).isEqualTo("untouched");
    }

    private void order(String step) {
        ProductFiles.write(KillITBundle.order(product.data()), step);
    }

    private void killAt(String step, String... command) {
        order(step);
        assertThat(product.shell(command).status()).isNotZero();
        product.awaitEnd();
        assertThat(KillITBundle.order(product.data()))
                .as("It was killed before '%s'", step)
                .doesNotExist();
    }

    private boolean isListed() {
        return product.list("instance:list", "id").containsKey(ID);
    }

    private void mustBeWholeOrNothing() throws SQLException {
        Map<String, JsonObject> listed = product.list("instance:list", "id");
        Set<String> names = new TreeSet<>(Set.of("manager"));
        listed.values().forEach(info -> names.add(info.get("database").getAsString()));
        ProductDatabase database = new ProductDatabase(product.data());
        assertThat(database.databases()).isEqualTo(names);
        assertThat(database.roles()).isEqualTo(names);

        boolean whole = listed.containsKey(ID);
        assertThat(Files.exists(product.data().resolve("instances/example.com/victim")))
                .isEqualTo(whole);
        assertThat(ProductHttp.get(product.http().resolve("/example.com/victim/dav/"))
                        .statusCode())
                .isEqualTo(whole ? 401 : 404);
        assertThat(listed.values())
                .allSatisfy(info -> assertThat(info.get("state").getAsString()).isEqualTo("RUNNING"));
        assertThat(bystander.get("/dav/file.txt")).isEqualTo("untouched");
    }

    /** Says what the product logged when a test fails. */
    static final class Logs implements TestExecutionExceptionHandler {

        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
            KillIT test = (KillIT) context.getRequiredTestInstance();
            failure.addSuppressed(new AssertionError("What the product has said:\n" + test.product.logs()));
            throw failure;
        }
    }
}
