package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    /** What a backup may stumble over, a statement each. */
    private static final List<String> WORLD = List.of(
            "CREATE EXTENSION hstore",
            "CREATE TYPE mood AS ENUM ('good', 'bad')",
            "CREATE TABLE customer (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, mood mood, tags hstore,"
                    + " loud text GENERATED ALWAYS AS (upper(name)) STORED)",
            "INSERT INTO customer (name, mood, tags) SELECT 'n' || i, 'bad', hstore('k', i::text)"
                    + " FROM generate_series(1, 500) i",
            "CREATE TABLE event (at date NOT NULL, what text) PARTITION BY RANGE (at)",
            "CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
            "INSERT INTO event SELECT date '2025-06-01' + i, i::text FROM generate_series(1, 100) i",
            "ALTER TABLE customer ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE customer FORCE ROW LEVEL SECURITY",
            "CREATE POLICY everybody ON customer USING (true)",
            "CREATE MATERIALIZED VIEW moods AS SELECT mood, count(*) FROM customer GROUP BY mood",
            "CREATE FUNCTION f(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT i + 1'",
            "REVOKE ALL ON FUNCTION f(int) FROM PUBLIC",
            "SELECT lo_from_bytea(4711, decode(repeat('00ff', 10000), 'hex'))");

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
        ProductFiles.write(product.data().resolve("etc/platform.core.manager.cfg"), "quota.period = 1\n");
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
    void whatIsRestoredIsWhatWasBackedUp() throws IOException {
        ProductInstance mine = ProductInstance.create(product, "mine@example.com", "hello", "--set", "greeting=Hi");
        for (String sql : WORLD) {
            assertThat(product.shell("db:sql", mine.id(), "--write", sql))
                    .as(sql)
                    .satisfies(result -> assertThat(result.status()).isZero());
        }
        String original = dump(mine.database());
        String file = product.json("backup:run", mine.id())
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .get("file")
                .getAsString();
        product.shell("db:sql", mine.id(), "--write", "DROP TABLE customer CASCADE");
        product.shell("db:sql", mine.id(), "--write", "DELETE FROM event");
        product.json("instance:edit", mine.id(), "--set", "greeting=Ho");
        assertThat(dump(mine.database())).isNotEqualTo(original);

        JsonObject restored = product.json("backup:restore", file).getAsJsonObject();

        assertThat(dump(mine.database())).isEqualTo(original);
        JsonObject info = product.json("instance:info", mine.id()).getAsJsonObject();
        assertThat(info.get("state").getAsString()).isEqualTo("RUNNING");
        assertThat(info.getAsJsonObject("settings").get("greeting").getAsString())
                .isEqualTo("Hi");
        assertThat(product.list("db:list", "name"))
                .containsKey(restored.get("formerDatabase").getAsString());
        aDrillProvesIt(mine, file);
        aCopyIsAnInstanceOfItsOwn(file);
        aDamagedOneIsRefused(file);
        assertThat(product.json("instance:delete", mine.id(), "--yes")).isNotNull();
        assertThat(product.list("db:list", "name"))
                .doesNotContainKey(restored.get("formerDatabase").getAsString());
        // The instance is gone, its backup is not.
        product.json("backup:restore", file);
        assertThat(dump(mine.database())).isEqualTo(original);
        product.json("instance:delete", mine.id(), "--yes");
    }

    private void aDrillProvesIt(ProductInstance mine, String file) {
        product.json("backup:drill", mine.id());
        assertThat(product.list("backup:list", "file").get(file).get("proved").isJsonNull())
                .isFalse();
        assertThat(product.json("instance:info", mine.id())
                        .getAsJsonObject()
                        .get("backupProved")
                        .getAsString())
                .startsWith("20");
    }

    private void aCopyIsAnInstanceOfItsOwn(String file) {
        JsonObject copy =
                product.json("backup:restore", file, "--as", "copy@example.org").getAsJsonObject();
        assertThat(copy.get("password").getAsString()).isNotEmpty();
        assertThat(product.shell("db:sql", "copy@example.org", "SELECT count(*) FROM customer")
                        .out())
                .contains("500");
        assertThat(product.list("instance:list", "id")
                        .get("copy@example.org")
                        .get("state")
                        .getAsString())
                .isEqualTo("RUNNING");
        product.json("instance:delete", "copy@example.org", "--yes");
    }

    private void aDamagedOneIsRefused(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(file));
        bytes[bytes.length / 2] ^= 1;
        Path damaged = Files.write(product.data().resolve("damaged.age"), bytes);
        var refused = product.shell("backup:restore", damaged.toString(), "--as", "bad@example.org");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.err()).contains("is damaged, and nothing of it was used");
        assertThat(product.list("instance:list", "id")).doesNotContainKey("bad@example.org");
        assertThat(product.list("db:list", "name")).doesNotContainKey("example.org_bad");
    }

    /** All that PostgreSQL's own tool tells of a database, but for a random key that it puts around it. */
    private String dump(String database) {
        ProcessBuilder tool =
                new ProcessBuilder("pg_dump", "-h", "127.0.0.1", "-p", "" + port, "-U", "postgres", database);
        tool.environment()
                .put(
                        "PGPASSWORD",
                        ProductFiles.text(product.data().resolve("secrets/postgresql"))
                                .strip());
        ProductProcess.Result result = ProductProcess.run(tool, "", Product.COMMAND);
        assertThat(result.status()).as("%s", result).isZero();
        return result.out().replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }

    @Test
    void sqlIsReadOnlyAndAudited() {
        assertThat(product.shell("db:sql", acme.id(), "SELECT current_user").out())
                .contains(acme.database());
        assertThat(product.shell("db:sql", acme.id(), "CREATE TABLE denied (n int)")
                        .err())
                .contains("read-only transaction");
        assertThat(ProductFiles.text(product.data().resolve("logs/platform/platform.log")))
                .contains("db:sql " + acme.id() + " SELECT current_user -> done")
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

    @Test
    void aDatabaseOverItsHardQuotaIsClosedUntilSomethingIsDeleted() {
        ProductInstance small = ProductInstance.create(product, "small@example.com", "hello");
        assertThat(quota(small, "SIZE_HARD").has("limit")).isFalse();
        assertThat(quota(small, "CONNECTIONS").get("limit").getAsInt()).isEqualTo(5);
        product.json("instance:quota", small.id(), "--size-soft", "15M", "--size-hard", "20M");
        assertThat(write(
                                small,
                                "CREATE TABLE filled AS SELECT n, repeat('x', 1000) AS text"
                                        + " FROM generate_series(1, 20000) AS n")
                        .status())
                .isZero();

        String insert = "INSERT INTO filled VALUES (0, '')";
        ProductWait.until(
                "nothing can be added",
                Duration.ofSeconds(60),
                () -> write(small, insert).err().contains("its limit is 20.0 MB: nothing can be added or changed"));
        ProductWait.until(
                "the alarms are raised",
                Duration.ofSeconds(60),
                () -> alarms(small).containsAll(List.of("database-full", "database-size")));
        assertThat(quota(small, "SIZE_HARD").get("use").getAsLong()).isGreaterThan(20_000_000);

        assertThat(write(small, "DELETE FROM filled WHERE n > 1000").status()).isZero();
        ProductWait.until(
                "it opens itself again",
                Duration.ofSeconds(60),
                () -> write(small, insert).status() == 0);
        ProductWait.until(
                "the alarms are over",
                Duration.ofSeconds(60),
                () -> alarms(small).isEmpty());
    }

    private ProductProcess.Result write(ProductInstance instance, String sql) {
        return product.shell("db:sql", instance.id(), "--write", sql);
    }

    private JsonObject quota(ProductInstance instance, String kind) {
        for (JsonElement quota : product.json("instance:quota", instance.id()).getAsJsonArray()) {
            if (quota.getAsJsonObject().get("kind").getAsString().equals(kind)) {
                return quota.getAsJsonObject();
            }
        }
        throw new AssertionError("There is no quota " + kind);
    }

    private List<String> alarms(ProductInstance instance) {
        List<String> codes = new ArrayList<>();
        for (JsonElement alarm : product.json("alarm:list").getAsJsonArray()) {
            if (alarm.getAsJsonObject().get("source").getAsString().equals(instance.id())) {
                codes.add(alarm.getAsJsonObject().get("code").getAsString());
            }
        }
        return codes;
    }

    @Test
    void theServerIsUpgradedAndTakenBack() {
        Path newer = Path.of("../../platform.db/postgresql/target/newer/postgresql.jar")
                .toAbsolutePath()
                .normalize();
        assertThat(version()).contains("15.");
        assertThat(product.shell("platform:rotate-db-password").status()).isZero();

        var upgraded = product.shell("db:upgrade", "--yes", "--binaries", newer.toString());
        assertThat(upgraded.status()).as("%s", upgraded).isZero();

        assertThat(version()).contains("18.");
        assertThat(acme.state()).isEqualTo("RUNNING");
        assertThat(product.shell("platform:rotate-db-password").status()).isZero();
        var back = product.shell("db:upgrade", "--rollback", "--yes");
        assertThat(back.status()).as("%s", back).isZero();
        product.terminate();
        product.start();
        ProductWait.until(
                "the instance is back",
                Duration.ofSeconds(30),
                () -> product.list("instance:list", "id").containsKey(acme.id()));
        assertThat(version()).contains("15.");
    }

    private String version() {
        return product.shell("db:sql", acme.id(), "SHOW server_version").out();
    }

    private String hba() {
        return ProductFiles.text(product.data().resolve("pgsql/pg_hba.conf"));
    }
}
