package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The product on a small disk that is really filled: by an instance, by somebody else, and before a start. It stays up,
 * refuses to write and nothing else, and is as before within seconds when there is room again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DiskFullIT {

    private static final Duration SECONDS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofSeconds(6);
    private static final long MARGIN = 4 << 20;
    private static final String MEGABYTE = "x".repeat(1 << 20);

    private final SmallDisk disk = SmallDisk.of(600);
    private final Product product = Product.of(Product.built(), disk.folder().resolve("platform/data"));

    @RegisterExtension
    final ProductLogs logs = new ProductLogs(product);

    private ProductInstance acme;
    private int stored;
    private long wholeReserve;

    @BeforeAll
    void start() {
        ProductFiles.write(product.data().resolve("etc/platform.db.disk.cfg"), "reserve.megabytes = 500\n");
        product.start();
        product.dropSample("files");
        acme = ProductInstance.create(product, "acme@example.com", "files");
        wholeReserve = status().get("wholeReserve").getAsLong();
        assertThat(wholeReserve).isBetween(50L << 20, 60L << 20);
        ProductWait.until("the reserve is made", PATIENCE, this::isReserveWhole);
        // Spare databases take room that the test counts on: when they are made, and once more when they are flushed.
        ProductWait.until("nothing takes room any more", PATIENCE, this::isQuiet);
    }

    private boolean isQuiet() {
        long before = disk.free();
        LockSupport.parkNanos(QUIET.toNanos());
        return Math.abs(disk.free() - before) < 1 << 20;
    }

    @AfterAll
    void stop() {
        product.close();
        disk.close();
    }

    private boolean isReserveWhole() {
        try {
            return Files.exists(reserve()) && Files.size(reserve()) == wholeReserve;
        } catch (IOException e) {
            throw new UncheckedIOException("The reserve cannot be measured", e);
        }
    }

    private Path reserve() {
        return product.data().resolve("disk-reserve");
    }

    private JsonObject status() {
        return product.json("platform:disk").getAsJsonObject();
    }

    private String level() {
        return status().get("level").getAsString();
    }

    @Test
    @Order(1)
    void littleRoomIsAnAlarmAndVeryLittleStopsTheLogs() {
        disk.leave(status().get("low").getAsLong() - MARGIN);
        ProductWait.until("the first alarm", PATIENCE, () -> severity().equals("WARNING"));
        disk.leave(status().get("veryLow").getAsLong() - MARGIN);
        ProductWait.until("the second alarm", PATIENCE, () -> severity().equals("MAJOR"));
        String log = platformLog();
        assertThat(log).contains("disk-full (WARNING)", "dropped and counted").doesNotContain("disk-full (MAJOR)");
        acme.put("/dav/hello", "There is room for what users write");
        assertThat(isReserveWhole()).isTrue();

        disk.empty();

        mustBeAsBefore();
        assertThat(platformLog()).contains("lines were dropped while the disk had very little room");
    }

    private String platformLog() {
        return ProductFiles.text(product.data().resolve("logs/platform/platform.log"));
    }

    @Test
    @Order(2)
    void anInstanceThatFillsTheDiskIsNamedAndThenRefused() {
        for (int refused = 0; refused < 3; refused += put(stored) ? 0 : 1) {
            assertThat(stored).as("megabytes on a disk of 600").isLessThan(600);
        }
        ProductWait.until("the alarm", PATIENCE, () -> severity().equals("CRITICAL"));
        assertThat(alarm().orElseThrow().get("text").getAsString()).contains("take no writes");
        assertThat(alarm().orElseThrow().get("cause").getAsString()).contains("acme@example.com ");
        assertThat(reserve()).doesNotExist();
        mustBeUsable();
        assertThat(product.logs()).doesNotContain("PANIC", "restarting it");
    }

    /** Whether it was taken. */
    private boolean put(int number) {
        var answer = ProductHttp.send(acme.request("/dav/" + number).PUT(BodyPublishers.ofString(number + MEGABYTE)));
        stored += answer.statusCode() == 201 ? 1 : 0;
        return answer.statusCode() == 201;
    }

    private Optional<JsonObject> alarm() {
        return Optional.ofNullable(product.list("alarm:list", "id").get("platform/disk-full"));
    }

    private String severity() {
        return alarm().map(it -> it.get("severity").getAsString()).orElse("none");
    }

    /** All but writing. */
    private void mustBeUsable() {
        assertThat(product.isRunning()).isTrue();
        assertThat(ProductHttp.get(product.http()).statusCode()).isEqualTo(200);
        assertThat(acme.get("/dav/0")).startsWith("0x");
        assertThat(acme.propfind()).isEqualTo(207);
        assertThat(level()).isEqualTo("FULL");
    }

    @Test
    @Order(3)
    void anAdministratorMakesRoomInADatabaseAndAllComesBack() {
        for (String delete : List.of("TRUNCATE chunk", "DELETE FROM entry WHERE id > 0", "DELETE FROM content")) {
            assertThat(product.shell("db:sql", acme.id(), "--write", delete).status())
                    .isZero();
        }
        long gone = System.nanoTime();
        stored = 0;
        ProductWait.until("writing goes on", SECONDS, () -> put(stored));
        assertThat(Duration.ofNanos(System.nanoTime() - gone)).isLessThan(SECONDS);
        mustBeAsBefore();
    }

    private void mustBeAsBefore() {
        ProductWait.until("the alarm is over", PATIENCE, () -> alarm().isEmpty());
        ProductWait.until("the reserve is made again", PATIENCE, this::isReserveWhole);
        assertThat(level()).isEqualTo("OK");
    }

    @Test
    @Order(4)
    void aForeignFileThatTakesTheLastByteCostsNothingThatWasStored() {
        disk.fill();
        ProductWait.until("the reserve is given up", SECONDS, () -> !Files.exists(reserve()));
        ProductWait.until("a refusal", SECONDS, () -> !put(stored));
        mustBeUsable();
        disk.fill();
        assertThat(disk.free()).isZero();
        assertThat(acme.get("/dav/0")).startsWith("0x");
        assertThat(ProductHttp.get(product.http()).statusCode()).isEqualTo(200);

        disk.empty();

        ProductWait.until("writing goes on", SECONDS, () -> put(stored));
        mustBeAsBefore();
        for (int i = 0; i < stored; i++) {
            assertThat(acme.get("/dav/" + i)).startsWith(i + "x").hasSize(MEGABYTE.length() + digits(i));
        }
    }

    private static int digits(int number) {
        return Integer.toString(number).length();
    }

    @Test
    @Order(5)
    void aPlatformThatIsStoppedStartsOnAFullDisk() {
        product.terminate();
        disk.fill();

        product.start();

        ProductWait.until("the instance", PATIENCE, () -> acme.propfind() == 207);
        mustBeUsable();
        disk.empty();
        ProductWait.until("writing goes on", SECONDS, () -> put(stored));
        mustBeAsBefore();
    }
}
