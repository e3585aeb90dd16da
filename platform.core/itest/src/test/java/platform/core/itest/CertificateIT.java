package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static platform.core.itest.OpensslCertificate.HOST;
import static platform.core.itest.OpensslCertificate.PASSPHRASE;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of an administrator's own in the running product: imported, swapped under load, killed, and removed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CertificateIT {

    private static final int SWAPS = 100;
    private static final int THREADS = 20;
    private static final int CONNECTIONS = 10;
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Pattern THIRD_IMPORT = Pattern.compile("(?s)(Imported.*){3}");

    /** What is wrong with a self-signed certificate and with nothing else; that a scan went well is no finding. */
    private static final Set<String> OF_SELF_SIGNED = Set.of("cert_chain_of_trust", "cert_revocation");

    private static final Set<String> HARMLESS = Set.of("OK", "INFO", "LOW", "WARN", "DEBUG");

    private final Product product = Product.of(Product.built());

    @RegisterExtension
    final ProductLogs logs = new ProductLogs(product);

    private OpensslCertificate one;
    private OpensslCertificate other;
    private X509Certificate original;

    @BeforeAll
    void start(@TempDir Path first, @TempDir Path second) {
        one = OpensslCertificate.in(first);
        other = OpensslCertificate.in(second);
        product.start();
        original = shown();
    }

    @AfterAll
    void stop() {
        product.close();
    }

    @AfterEach
    void backToTheDefault() {
        product.shell("certificate:remove", "--yes");
        product.shell("certificate:remove", "--host", HOST, "--yes");
        assertThat(shown()).isEqualTo(original);
    }

    private X509Certificate shown() {
        return TlsPeer.shown(product.https(), HOST);
    }

    @Test
    void anImportedCertificateIsShownAtOnceAndGoneWithOneCommand() throws IOException {
        String input = PASSPHRASE + "\n" + ProductFiles.text(one.encrypted());
        ProductProcess.Result imported =
                product.shellWithInput(input, "certificate:import", "-", "--passphrase", "-", "--host", HOST);
        assertThat(imported.status()).as("%s", imported).isZero();

        assertThat(shown()).isEqualTo(one.certificate());
        assertThat(TlsPeer.shown(product.https(), "other.example.com")).isEqualTo(original);
        try (TlsPeer peer = TlsPeer.connect(product.https(), HOST)) {
            assertThat(peer.get())
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("Strict-Transport-Security: max-age=");
        }
        String listed = product.json("certificate:list").toString();
        assertThat(listed).contains("CN=" + HOST, "UPLOADED", "DEFAULT");
        assertThat(listed + imported + product.logs()).doesNotContain(PASSPHRASE, "PRIVATE KEY", keyText());

        assertThat(product.shell("certificate:remove", "--host", HOST, "--yes").status())
                .isZero();
        assertThat(shown()).isEqualTo(original);
    }

    private String keyText() {
        return ProductFiles.text(one.plain())
                .lines()
                .dropWhile(line -> !line.contains("PRIVATE KEY"))
                .skip(1)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFaultyFileIsRefusedWithItsReason() {
        ProductProcess.Result refused =
                product.shell("certificate:import", one.encrypted().toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("is encrypted, and no passphrase was given", "Nothing was changed.");
        assertThat(shown()).isEqualTo(original);
    }

    @Test
    void aHundredSwapsUnderLoadCostNoRequest() throws Exception {
        product.json("certificate:import", one.plain().toString());
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Set<X509Certificate>>> clients = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                clients.add(executor.submit(() -> ask(over)));
            }

            ProductProcess.Result swaps = ProductProcess.run(
                    product.command("shell", "--data", product.data().toString()), swaps(SWAPS), LONG);
            over.set(true);

            assertThat(swaps.status()).as("%s", swaps).isZero();
            assertThat(swaps.out().lines().filter(line -> line.startsWith("Imported")))
                    .hasSize(SWAPS);
            Set<X509Certificate> seen = new HashSet<>();
            for (Future<Set<X509Certificate>> client : clients) {
                seen.addAll(client.get(LONG.toSeconds(), TimeUnit.SECONDS));
            }
            assertThat(seen).containsExactlyInAnyOrder(one.certificate(), other.certificate());
            assertThat(shown()).isEqualTo(one.certificate());
        } finally {
            over.set(true);
            executor.shutdownNow();
        }
    }

    /** A script that ends with the first of the two. */
    private String swaps(int count) {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < count; i++) {
            script.append("certificate:import '")
                    .append((i % 2 == 0 ? other : one).plain())
                    .append("'\n");
        }
        return script.toString();
    }

    /** Asks on ten connections in turn, opens another one each time, and gives the certificates it was shown. */
    private Set<X509Certificate> ask(AtomicBoolean over) throws IOException {
        Set<X509Certificate> seen = new HashSet<>();
        List<TlsPeer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                peers.add(TlsPeer.connect(product.https(), HOST));
            }
            do {
                for (TlsPeer peer : peers) {
                    assertThat(peer.get()).startsWith("HTTP/1.1 200");
                }
                seen.add(shown());
            } while (!over.get());
            return seen;
        } finally {
            for (TlsPeer peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void afterAKillInTheMiddleOfImportsThereIsTheOneOrTheOther() {
        product.json("certificate:import", one.plain().toString());
        ProductProcess shell = ProductProcess.start(
                product.command("shell", "--data", product.data().toString()));
        shell.feed(swaps(1000).getBytes(StandardCharsets.UTF_8));
        shell.closeInput();
        shell.await(THIRD_IMPORT, LONG);

        product.kill();
        product.start();

        assertThat(shell.finish(LONG).status()).isNotZero();
        assertThat(shown()).isIn(one.certificate(), other.certificate());
    }

    /** Its parts that look at what is configured here: protocols, suites, certificate, headers, known holes. */
    @Test
    void testsslFindsNothingWorseThanTheSelfSignedCertificate(@TempDir Path folder) {
        Path report = folder.resolve("report.json");
        ProductProcess.Result scan = ProductProcess.run(
                new ProcessBuilder(
                        "testssl",
                        "--quiet",
                        "--color",
                        "0",
                        "--warnings",
                        "off",
                        "--fast",
                        "--jsonfile",
                        report.toString(),
                        "--protocols",
                        "--std",
                        "--server-defaults",
                        "--headers",
                        "--vulnerable",
                        "127.0.0.1:" + product.https().getPort()),
                "",
                LONG);

        List<String> bad = new ArrayList<>();
        Set<String> looked = new HashSet<>();
        for (JsonElement element :
                JsonParser.parseString(ProductFiles.text(report)).getAsJsonArray()) {
            JsonObject finding = element.getAsJsonObject();
            looked.add(finding.get("id").getAsString());
            if (!HARMLESS.contains(finding.get("severity").getAsString())) {
                bad.add(finding.get("id").getAsString());
            }
        }
        assertThat(looked).as("%s", scan).contains("TLS1_3", "heartbleed", "secure_client_renego", "HSTS");
        assertThat(bad).as("%s", scan).isSubsetOf(OF_SELF_SIGNED);
    }
}
