package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The databases of instances as an administrator looks after them, in the shell of the product. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DatabaseUpkeepIT {

    private static final String OUTSIDE = "192.0.2.0/24";

    private final Product product = Product.of(Product.built());

    @RegisterExtension
    final ProductLogs logs = new ProductLogs(product);

    private final int port = freePort();
    private ProductInstance acme;

    @BeforeAll
    void start() {
        ProductFiles.write(
                product.data().resolve("etc/platform.db.postgresql.cfg"),
                "listen = 127.0.0.1\nport = " + port + "\nmaintenance.from = off\n");
        product.start();
        product.dropSample("hello");
        acme = ProductInstance.create(product, "acme@example.com", "hello");
    }

    @AfterAll
    void stop() {
        product.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError("There is no free port", e);
        }
    }

    @Test
    void databasesAreMeasuredAndMaintained() {
        assertThat(product.list("db:list", "instance")
                        .get(acme.id())
                        .get("bytes")
                        .getAsLong())
                .isPositive();
        assertThat(product.shell("db:sql", acme.id(), "--write", "CREATE TABLE it AS SELECT generate_series(1, 1000) n")
                        .status())
                .isZero();
        product.json("db:vacuum", "--full", "--all");
        product.json("db:reindex", "--concurrently", acme.id());
        JsonObject info = product.json("db:info", acme.id()).getAsJsonObject();
        assertThat(IntStream.range(0, info.getAsJsonArray("tables").size())
                        .mapToObj(i -> info.getAsJsonArray("tables").get(i).getAsJsonObject())
                        .filter(table -> table.get("name").getAsString().equals("it"))
                        .findFirst()
                        .orElseThrow()
                        .get("bloatBytes")
                        .getAsLong())
                .isLessThan(8192);
    }

    @Test
    void sqlIsReadOnlyAndAudited() {
        assertThat(product.shell("db:sql", acme.id(), "SELECT current_user").out())
                .contains(acme.database());
        assertThat(product.shell("db:sql", acme.id(), "CREATE TABLE denied (n int)")
                        .err())
                .contains("read-only transaction");
        assertThat(ProductFiles.text(product.data().resolve("logs/platform/platform.log")))
                .contains("runs SQL in the shell, read-only: SELECT current_user -> 1 row")
                .contains("CREATE TABLE denied (n int) -> failed");
    }

    @Test
    void accessStaysOverARestartAndGoesWithTheInstance() {
        JsonObject granted = product.json("db:access", "allow", acme.id(), OUTSIDE, "--expires", "7d")
                .getAsJsonObject();
        assertThat(granted.get("port").getAsInt()).isEqualTo(port);
        assertThat(granted.get("password").getAsString()).isNotEmpty();
        product.terminate();
        product.start();
        ProductWait.until(
                "the instance is back",
                Duration.ofSeconds(30),
                () -> product.list("instance:list", "id").containsKey(acme.id()));
        assertThat(product.json("db:access", "list", acme.id()).getAsJsonArray())
                .hasSize(1);
        assertThat(hba()).contains("hostssl \"" + acme.database() + "\"").contains(OUTSIDE);

        ProductInstance other = ProductInstance.create(product, "other@example.com", "hello");
        product.json("db:access", "allow", other.id(), OUTSIDE);
        product.shell("instance:delete", other.id(), "--yes");
        assertThat(product.json("db:access", "list").getAsJsonArray()).hasSize(1);
        ProductWait.until("the entry is gone", Duration.ofSeconds(40), () -> !hba().contains(other.database()));

        product.json("db:access", "deny", acme.id());
        assertThat(hba()).doesNotContain("hostssl");
    }

    private String hba() {
        return ProductFiles.text(product.data().resolve("pgsql/pg_hba.conf"));
    }
}
