package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was stored is lost by a restart or a SIGKILL: a tree of more than 200 MB, compared byte by byte. */
@ExtendWith(ProductShared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ProductDataIT {

    /** More than all buffers between curl's input and the platform can hold. */
    private static final int PART = 24 << 20;

    private static final Pattern PASSWORD = Pattern.compile("(?i)password");

    private final Product product;
    private ProductTree tree;
    private ProductInstance acme;
    private ProductInstance other;

    ProductDataIT(Product product) {
        this.product = product;
    }

    @BeforeAll
    void makeInstances(@TempDir Path scratch) {
        tree = new ProductTree(scratch);
        product.dropSample("files");
        acme = ProductInstance.create(product, "data@example.com", "files");
        other = ProductInstance.create(product, "data@example.org", "files");
    }

    @AfterAll
    void deleteInstances() {
        for (ProductInstance instance : List.of(acme, other)) {
            product.shell("instance:delete", instance.id(), "--yes");
        }
    }

    @Test
    @Order(1)
    void aRealTreeIsStoredByCurl() {
        tree.upload(acme);

        assertThat(other.listing("/dav/")).containsExactly(other.path() + "/dav/");
    }

    @Test
    @Order(2)
    void sigtermStopsEverythingWithinTenSeconds() {
        List<ProcessHandle> processes = product.vm().descendants().toList();
        assertThat(product.processes()).isNotEmpty();
        ProductProcess stuck = upload("/dav/stuck.bin");

        long begin = System.nanoTime();
        product.terminate();

        // PostgreSQL's logger is the only one that nobody waits for: it ends when all who could write to it have.
        ProductWait.until(
                "All processes are gone", Product.STOP, () -> processes.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Product.STOP);
        assertThat(product.processes()).isEmpty();
        assertThat(product.data().resolve("pgsql/data/postmaster.pid")).doesNotExist();
        assertThat(product.data().resolve("run/platform.pid")).doesNotExist();
        stuck.closeInput();
        assertThat(stuck.finish(Product.STOP).out()).doesNotContain("201");
    }

    @Test
    @Order(3)
    void everyByteIsThereAfterARestartThatHadToWaitForTheDatabase() throws IOException {
        Path control = product.data().resolve("pgsql/data/global/pg_control");
        Path aside = product.data().resolve("pg_control");
        Files.move(control, aside);
        product.start();

        ProductProcess start = product.starts().get(product.starts().size() - 1);
        ProductWait.until(
                "it says why",
                Duration.ofSeconds(30),
                () -> start.describe().contains("Its database cannot be opened"));
        assertThat(start.describe()).doesNotContainPattern(PASSWORD);
        assertThat(ProductHttp.get(product.http().resolve("/health")).statusCode())
                .isEqualTo(200);
        assertThat(product.list("alarm:list", "id")
                        .get("platform/database-unavailable")
                        .get("cause")
                        .getAsString())
                .contains("PostgreSQL");

        Files.move(aside, control);
        ProductWait.until(
                "it comes by itself",
                Duration.ofSeconds(60),
                () -> !product.list("alarm:list", "id").containsKey("platform/database-unavailable")
                        && !List.of(404, 503).contains(acme.status("/dav/")));
        tree.compare(acme);
        assertThat(acme.listing("/dav/")).containsExactly(acme.path() + "/dav/", acme.path() + "/dav/tree/");
        assertThat(other.listing("/dav/")).containsExactly(other.path() + "/dav/");
    }

    @Test
    @Order(4)
    void everyByteIsThereAfterASigkillDuringUploads() {
        acme.put("/dav/old.bin", "old");
        ProductProcess fresh = upload("/dav/fresh.bin");
        ProductProcess over = upload("/dav/old.bin");
        acme.put("/dav/finished.txt", "finished while the others were under way");

        ProcessHandle postmaster = new ProductDatabase(product.data()).process();
        product.kill();
        postmaster.destroyForcibly();

        for (ProductProcess curl : List.of(fresh, over)) {
            curl.closeInput();
            assertThat(curl.finish(Product.STOP).status()).as(curl::describe).isNotZero();
        }
        product.start();
        assertThat(acme.status("/dav/fresh.bin")).isEqualTo(404);
        assertThat(acme.listing("/dav/"))
                .extracting(href -> href.substring(acme.path().length()))
                .containsExactlyInAnyOrder("/dav/", "/dav/tree/", "/dav/old.bin", "/dav/finished.txt");
        assertThat(acme.get("/dav/old.bin")).isEqualTo("old");
        assertThat(acme.get("/dav/finished.txt")).startsWith("finished");
        tree.compare(acme);
        assertThat(other.listing("/dav/")).containsExactly(other.path() + "/dav/");
    }

    @Test
    @Order(5)
    void anInstanceAnswersAgainWithinSecondsAfterPostgresqlWasKilled() {
        acme.put("/dav/before.txt", "stored before");
        List<ProcessHandle> server = new ProductDatabase(product.data()).processes();
        server.get(0).destroyForcibly();

        // What still runs of it may answer once more: that does not count.
        ProductWait.until(
                "it stores",
                Duration.ofSeconds(5),
                () -> server.stream().noneMatch(ProcessHandle::isAlive)
                        && acme.stores("/dav/after.txt", "stored after"));

        assertThat(acme.get("/dav/before.txt")).isEqualTo("stored before");
        assertThat(acme.get("/dav/after.txt")).isEqualTo("stored after");
        ProductWait.until("the other one answers", Duration.ofSeconds(5), () -> other.propfind() == 207);
        assertThat(other.listing("/dav/")).containsExactly(other.path() + "/dav/");
    }

    @Test
    @Order(6)
    void backupsGoToFilesOfThisPlatformThatAreLeftOut() {
        String address = acme.uri("/dav/backups/").toString().replace("//", "//" + ProductInstance.USER + "@");
        assertThat(addTarget(address).err()).contains("--exclude " + acme.id());
        assertThat(addTarget(address, "--exclude", acme.id()).status()).isZero();
        product.json("backup:target", "test", "here");
        other.put("/dav/kept.txt", "kept");

        product.json("backup:run", other.id(), "--to", "here");
        product.json("backup:verify", other.id(), "--from", "here");
        other.put("/dav/kept.txt", "changed");
        product.json("backup:restore", other.id(), "--from", "here", "--yes");

        assertThat(other.get("/dav/kept.txt")).isEqualTo("kept");
        assertThat(product.shell("backup:run", acme.id(), "--to", "here").status())
                .isNotZero();
        product.json("backup:target", "remove", "here");
    }

    private ProductProcess.Result addTarget(String address, String... options) {
        String[] command = {"backup:target", "add", "here", address, "--password", "-"};
        return product.shellWithInput(
                acme.password() + "\n",
                Stream.of(command, options).flatMap(Stream::of).toArray(String[]::new));
    }

    @Test
    @Order(7)
    void thePlatformIsMadeAgainOutOfItsBackups() {
        product.json("instance:delete", acme.id(), "--yes");
        Path folder = Product.newFolder();
        product.json("backup:run", "--all", "--to", folder.resolve("backups").toString());
        Path data = folder.resolve("data");

        ProductProcess.Result restored = product.platform(
                "restore",
                folder.resolve("backups").toString(),
                "--data",
                data.toString(),
                "--key",
                product.data().resolve("secrets/backup.keys").toString());

        assertThat(restored.status()).as("%s", restored).isZero();
        try (Product again = Product.of(Product.built(), data)) {
            again.start();
            ProductInstance same =
                    new ProductInstance(again, other.id(), other.path(), other.database(), other.password());
            assertThat(same.get("/dav/kept.txt")).isEqualTo("kept");
            assertThat(again.list("instance:list", "id")).doesNotContainKey(acme.id());
        }
    }

    /** An upload whose end does not come; returns when most of it has reached the platform. */
    private ProductProcess upload(String relative) {
        String login = ProductInstance.USER + ":" + acme.password();
        ProductProcess curl = ProductProcess.start(new ProcessBuilder(
                "curl",
                "-sS",
                "-w",
                "%{http_code}",
                "-u",
                login,
                "-T",
                "-",
                acme.uri(relative).toString()));
        byte[] part = new byte[PART];
        new Random(1).nextBytes(part);
        curl.feed(part);
        assertThat(curl.process().isAlive()).as(curl::describe).isTrue();
        return curl;
    }
}
