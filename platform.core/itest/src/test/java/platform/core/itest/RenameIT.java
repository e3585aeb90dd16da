package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

/** A domain is renamed and back, and the platform killed in the middle of it: its instances keep their data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(RenameIT.Logs.class)
final class RenameIT {

    private static final String OLD = "rename.example.com";
    private static final String NEW = "rename.example.org";
    private static final String BYSTANDER = "/example.net/bystander";

    private final Path folder = Product.newFolder();
    private final Product product = Product.of(folder.resolve("distribution"), folder.resolve("data"));
    private final Map<String, Integer> visits = new TreeMap<>();

    @BeforeAll
    void start() {
        ProductFiles.copyTree(Product.built(), folder.resolve("distribution"));
        ProductJar.bundle(
                folder.resolve("distribution/bundles/03/kill.jar"),
                KillITBundle.class,
                "org.osgi.framework;version=\"[1.8,2)\",platform.core.api;version=\"[1,2)\"");
        product.start();
        product.dropSample("hello");
        ProductInstance.create(product, "one@" + OLD, "hello", "--set", "url=https://" + OLD + "/x");
        ProductInstance.create(product, "two@" + OLD, "hello");
        ProductInstance.create(product, "bystander@example.net", "hello");
        for (int i = 0; i < 3; i++) {
            mustGoOnCounting(OLD);
        }
    }

    @AfterAll
    void stop() {
        product.close();
    }

    /** What the other name's path answers: nothing is there until a renaming leaves a redirect. */
    private int elsewhere = 404;

    @Test
    @Order(1)
    void aDryRunShowsThePlanAndChangesNothing() {
        var plan = product.shell("platform:rename", OLD, NEW, "--domain", "--dry-run");

        assertThat(plan.status()).as("%s", plan).isZero();
        assertThat(plan.out())
                .contains("one@" + NEW, "/" + NEW + "/two", "SETTING url", "https://" + NEW + "/x", "keep their name");
        mustBe(OLD);
        assertThat(product.shell("platform:rename", OLD, NEW, "--domain").status())
                .isEqualTo(2);
        mustBe(OLD);
    }

    @Test
    @Order(2)
    void aDomainIsRenamedWithAllItsDataAndBack() {
        var done = product.shell("platform:rename", OLD, NEW, "--domain", "--yes");
        elsewhere = 308;

        assertThat(done.status()).as("%s", done).isZero();
        assertThat(done.out()).contains("one@" + NEW + " at /" + NEW + "/one RUNNING");
        mustBe(NEW);

        assertThat(product.json("platform:rename", "--undo", "--yes")
                        .getAsJsonObject()
                        .getAsJsonArray("instances"))
                .hasSize(2);
        mustBe(OLD);
    }

    @Test
    @Order(3)
    void aHostThatNoCertificateCoversIsWarnedOf() {
        product.json("instance:edit", "one@" + OLD, "--set", "host=apps." + OLD);

        JsonObject plan = product.json("platform:rename", "apps." + OLD, "apps." + NEW, "--host", "--dry-run")
                .getAsJsonObject();

        assertThat(plan.getAsJsonArray("warnings").toString()).contains("No installed certificate covers apps." + NEW);
    }

    @Order(4)
    @ParameterizedTest
    @ValueSource(strings = {"journal", "path", "stop", "folder", "records", "start"})
    void aKillDuringARenamingLeavesTheOldOrTheNewNamesWhole(String step) {
        ProductFiles.write(KillITBundle.order(product.data()), "rename " + step);
        assertThat(product.shell("platform:rename", OLD, NEW, "--domain", "--yes")
                        .status())
                .isNotZero();
        product.awaitEnd();
        assertThat(KillITBundle.order(product.data()))
                .as("It was killed before '%s'", step)
                .doesNotExist();

        product.start();

        mustBe(step.equals("start") ? NEW : OLD);
    }

    @Test
    @Order(5)
    void aRenamingIsUndoneAfterARestartToo() {
        product.json("platform:rename", "--undo", "--yes");

        mustBe(OLD);
    }

    private void mustBe(String domain) {
        String other = domain.equals(OLD) ? NEW : OLD;
        Map<String, JsonObject> listed = product.list("instance:list", "id");
        assertThat(listed.keySet()).isEqualTo(Set.of("one@" + domain, "two@" + domain, "bystander@example.net"));
        assertThat(listed.values())
                .allSatisfy(info -> assertThat(info.get("state").getAsString()).isEqualTo("RUNNING"));
        JsonObject one = listed.get("one@" + domain);
        assertThat(one.getAsJsonObject("settings").get("url").getAsString()).isEqualTo("https://" + domain + "/x");
        assertThat(one.get("database").getAsString()).isEqualTo(OLD + "_one");
        assertThat(Files.isDirectory(product.data().resolve("instances/" + domain + "/one")))
                .isTrue();
        assertThat(product.data().resolve("instances/" + other + "/one")).doesNotExist();
        mustGoOnCounting(domain);
        assertThat(ProductHttp.raw(product.http(), "/" + other + "/one/visits", ""))
                .as("The answer where it was before")
                .startsWith("HTTP/1.1 " + elsewhere + " ");
    }

    /** Each visit is one more than the last, which is in the database. */
    private void mustGoOnCounting(String domain) {
        for (String instance : Set.of("/" + domain + "/one", "/" + domain + "/two", BYSTANDER)) {
            String name = instance.substring(instance.lastIndexOf('/'));
            int expected = visits.merge(name, 1, Integer::sum);
            assertThat(ProductHttp.get(product.http().resolve(instance + "/visits"))
                            .body()
                            .strip())
                    .isEqualTo(String.valueOf(expected));
        }
    }

    /** Says what the product logged when a test fails. */
    static final class Logs implements TestExecutionExceptionHandler {

        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
            RenameIT test = (RenameIT) context.getRequiredTestInstance();
            failure.addSuppressed(new AssertionError("What the product has said:\n" + test.product.logs()));
            throw failure;
        }
    }
}
