package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The archive, unpacked into a folder with a blank in its name, with its data in one whose path is too long for a socket:
 * what {@code bin/platform} does in the background.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProductCommandIT {

    private static final Pattern ADDRESS = Pattern.compile("http://\\S+");
    private static final Pattern PORT = Pattern.compile("port ([0-9]+)");

    private final Path folder = Product.newFolder();
    private Product product;

    @BeforeAll
    void unpack() throws IOException {
        Path place = Files.createDirectory(folder.resolve("an unpacked archive"));
        ProcessBuilder tar = new ProcessBuilder("tar", "-xzf", archive().toString(), "-C", place.toString());
        assertThat(ProductProcess.run(tar, "", Product.COMMAND).status()).isZero();
        try (Stream<Path> unpacked = Files.list(place)) {
            String deep = "a long way down ünder/".repeat(6);
            product = Product.of(unpacked.findFirst().orElseThrow(), folder.resolve(deep + "data"));
        }
    }

    private static Path archive() {
        Path built = Product.built();
        return built.resolveSibling(built.getFileName() + ".tar.gz");
    }

    @AfterAll
    void remove() {
        if (product != null) {
            verb("stop");
        }
        ProductFiles.delete(folder);
    }

    @Test
    void everyVerbExplainsItself() {
        for (String verb : List.of("run", "start", "stop", "restart", "status", "logs", "shell", "test", "bench")) {
            ProductProcess.Result help = product.platform(verb, "--help");
            assertThat(help.status()).as("%s", help).isZero();
            assertThat(help.out()).contains("platform " + verb);
        }
        ProductProcess.Result all = product.platform("--help");
        assertThat(all.out()).contains("run", "start", "stop", "restart", "status", "logs", "shell", "test", "bench");
        assertThat(product.platform("no-such-verb").status()).isNotZero();
        assertThat(product.platform("run", "--no-such-option").status()).isNotZero();
    }

    @Test
    void itStartsInTheBackgroundAndStops() {
        assertThat(verb("status").status()).isNotZero();

        ProductProcess.Result started = start();
        assertThat(started.status()).as("%s", started).isZero();
        assertThat(started.out()).containsPattern("(?i)password.*: \\S+");
        assertThat(ProductHttp.get(address(started)).statusCode()).isEqualTo(200);
        long first = product.vm().pid();

        mustBeUp();
        assertThat(start().out()).doesNotContainPattern("(?i)password");
        assertThat(product.vm().pid()).isEqualTo(first);
        shellMustWork();
        sshMustWork();
        restart(first);

        long begin = System.nanoTime();
        assertThat(verb("stop").status()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Product.STOP);
        assertThat(verb("status").status()).isNotZero();
        assertThat(product.processes()).isEmpty();
        assertThat(product.shell("app:list").status()).isNotZero();
    }

    private void mustBeUp() {
        ProductProcess.Result status = verb("status");
        assertThat(status.status()).isZero();
        assertThat(status.out()).contains("http://", String.valueOf(product.vm().pid()));
    }

    private void restart(long former) {
        ProductProcess.Result restarted = verb("restart");
        assertThat(restarted.status()).as("%s", restarted).isZero();
        assertThat(restarted.out()).doesNotContainPattern("(?i)password");
        assertThat(product.vm().pid()).isNotEqualTo(former);
        mustBeUp();
        assertThat(ProductHttp.get(address(verb("status"))).statusCode()).isEqualTo(200);
    }

    /** One command as a line, one as arguments, and a script on standard input. */
    private void shellMustWork() {
        assertThat(product.shell("platform:info -o json").out())
                .contains(product.data().toString());
        assertThat(product.json("platform:info").getAsJsonObject().has("version"))
                .isTrue();
        ProductProcess.Result script = product.shellWithInput("app:list\nplatform:info\n");
        assertThat(script.status()).as("%s", script).isZero();
        assertThat(script.out()).contains("APP", product.data().toString());
        for (String command : List.of("app:list", "instance:create", "instance:delete", "platform:shutdown")) {
            assertThat(product.shell(command, "--help").out()).contains(command, "--help");
        }
        assertThat(product.shell("lb").out()).contains("Active");
    }

    /** OpenSSH's client, with a key that is made, added and used. */
    private void sshMustWork() {
        Path key = folder.resolve("key");
        assertThat(run("", "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                        .status())
                .isZero();
        ProductProcess.Result added =
                product.shellWithInput(ProductFiles.text(folder.resolve("key.pub")), "user:key", "add", "admin");
        assertThat(added.status()).as("%s", added).isZero();
        ProductFiles.write(product.data().resolve("etc/platform.core.shell.ssh.cfg"), "port = 0\nlogin.seconds = 60\n");
        ProductWait.until(
                "a port for SSH of its own", Product.COMMAND, () -> !sshPort().matches("|8101"));
        String fingerprint =
                product.json("ssh:info").getAsJsonObject().get("fingerprint").getAsString();
        String known = "UserKnownHostsFile=" + folder.resolve("known_hosts");
        ProductProcess.Result over = run(
                "",
                "ssh",
                "-F",
                "none",
                "-v",
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=accept-new",
                "-o",
                known,
                "-i",
                key.toString(),
                "-p",
                sshPort(),
                "admin@127.0.0.1",
                "platform:info -o json; exit 5");
        assertThat(over.out()).as("%s", over).contains(product.data().toString());
        assertThat(over.err()).contains(fingerprint);
        assertThat(over.status()).isEqualTo(5);
        assertThat(product.shell("audit:list", "ssh:login").out()).contains("ssh 127.0.0.1", "done");
    }

    /** Empty while SSH starts anew. */
    private String sshPort() {
        Matcher matcher = PORT.matcher(product.shell("ssh:info").out());
        return matcher.find() ? matcher.group(1) : "";
    }

    private static ProductProcess.Result run(String input, String... command) {
        return ProductProcess.run(new ProcessBuilder(command), input, Product.COMMAND);
    }

    private ProductProcess.Result start() {
        return product.platform(
                "start", "--data", product.data().toString(), "--http", "0", "--https", "0", "--bind", "127.0.0.1");
    }

    private ProductProcess.Result verb(String verb) {
        return product.platform(verb, "--data", product.data().toString());
    }

    private static URI address(ProductProcess.Result result) {
        Matcher matcher = ADDRESS.matcher(result.out());
        assertThat(matcher.find()).as("%s", result).isTrue();
        return URI.create(matcher.group());
    }
}
