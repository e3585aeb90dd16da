package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.core.api.AccessScope;
import platform.core.api.InstanceId;
import platform.core.api.Role;
import platform.core.api.State;
import platform.core.api.StateDocument;

/** The platform's state as a document. */
class StateCommandsTest {

    private static final Path EXAMPLE = Path.of("../../docs/desired-state.md");
    private static final InstanceId ACME = InstanceId.parse("acme@example.com");

    @TempDir
    Path data;

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void aPasswordIsInAFile() throws Exception {
        gogo.platform.data = data;
        Files.createDirectories(data.resolve("secrets/state"));
        Files.createDirectories(data.resolve("etc"));
        Files.writeString(data.resolve("secrets/state/anna"), "correct horse battery\n");
        Files.writeString(data.resolve("secrets/state/nas"), "hunter2\n");
    }

    @AfterEach
    void close() {
        gogo.close();
    }

    private int run(FakeGogo platform, String document, String... command) {
        out.reset();
        err.reset();
        SessionStreams streams =
                new SessionStreams(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), out, err);
        try (ShellSession session = new ShellSession(platform.processor, () -> FakeGogo.ROOT, streams, null, false)) {
            return session.call(List.of(command));
        }
    }

    private int apply(String document, String... options) {
        String[] command = new String[3 + options.length];
        command[0] = "state:apply";
        command[1] = "-f";
        command[2] = "-";
        System.arraycopy(options, 0, command, 3, options.length);
        return run(gogo, document, command);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static String example() throws Exception {
        String page = Files.readString(EXAMPLE);
        int begin = page.indexOf("```yaml\n") + 8;
        return page.substring(begin, page.indexOf("```", begin));
    }

    @Test
    void theExampleOfTheDocumentationIsAppliedOnceAndThenThereIsNothingToDo() throws Exception {
        assertThat(apply(example())).as(err()).isZero();
        assertThat(out()).contains("create", "instance", "acme@example.com", "done: create user anna", "Done: ");
        assertThat(out() + err()).doesNotContain("hunter2", "correct horse");
        assertThat(gogo.users.calls).contains("add anna operator *@example.com correct horse battery");

        assertThat(apply(example())).as(err()).isZero();
        assertThat(out()).isEqualTo("Nothing to do: the platform is as the document says.\n");
        assertThat(run(gogo, example(), "state:diff", "-f", "-")).isZero();
    }

    @Test
    void whatIsExportedAndAppliedElsewhereIsExportedThereAsWell() throws Exception {
        apply(example());
        gogo.instances.stop(ACME);
        run(gogo, "", "state:export");
        String exported = out();
        assertThat(exported).contains("acme@example.com:", "state: stopped").doesNotContain("hunter2");

        try (FakeGogo other = new FakeGogo()) {
            assertThat(run(other, exported, "state:diff", "-f", "-")).isEqualTo(1);
            assertThat(run(other, exported, "state:apply", "-f", "-")).as(err()).isZero();
            assertThat(run(other, "", "state:export")).isZero();

            assertThat(out()).isEqualTo(exported);
        }
    }

    @Test
    void aDriftIsShownAndTakenBack() throws Exception {
        apply(example());
        gogo.instances.stop(ACME);

        assertThat(run(gogo, example(), "state:diff", "-f", "-")).isEqualTo(1);
        assertThat(out()).isEqualTo("""
                ACTION  WHAT      NAME              CHANGES
                change  instance  acme@example.com  state: stopped -> started
                """);
        assertThat(apply(example())).isZero();
        assertThat(gogo.instances.find(ACME).orElseThrow().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        assertThat(apply(example(), "--dry-run")).isZero();

        assertThat(out()).contains("create", "acme@example.com");
        assertThat(gogo.instances.infos).isEmpty();
    }

    @Test
    void whomAnIdentityProviderLogsInIsNoPartOfIt() {
        gogo.users.withExternal("oidc:anna");
        assertThat(apply("users:\n  admin:\n    role: administrator\n", "--prune", "--yes"))
                .isZero();
        assertThat(gogo.users.known).containsKey("oidc:anna").doesNotContainKey("viewer");
    }

    @Test
    void onlyWhatIsNamedIsTouched() {
        gogo.instances.with("acme@example.com", "files");
        apply("instances:\n  acme@example.com:\n    settings: {a: 1, b: 2}\n");
        apply("instances:\n  acme@example.com:\n    settings: {a: 3}\n");
        assertThat(gogo.instances.find(ACME).orElseThrow().settings())
                .containsEntry("a", "3")
                .containsEntry("b", "2");

        apply("instances:\n  acme@example.com:\n    settings: {a: 3}\n", "--prune", "--yes");

        assertThat(gogo.instances.find(ACME).orElseThrow().settings()).containsOnlyKeys("a");
        assertThat(gogo.users.known).containsKey("viewer");
    }

    @Test
    void aSettingWhoseNameSaysThatItIsASecretIsNeitherToldNorRemoved() {
        gogo.instances.with("acme@example.com", "files");
        String document = "instances:\n  acme@example.com:\n    settings:\n      a: 1\n";
        assertThat(apply(document + "      api-token: hunter2\n")).as(err()).isZero();
        assertThat(out()).contains("api-token=***").doesNotContain("hunter2");

        run(gogo, "", "state:export");
        assertThat(out()).contains("a: ").doesNotContain("hunter2", "api-token");
        assertThat(apply(document, "--prune", "--yes")).isZero();

        assertThat(gogo.instances.find(ACME).orElseThrow().settings()).containsEntry("api-token", "hunter2");
    }

    @Test
    void nothingIsRemovedUnlessItIsMeant() {
        gogo.instances.with("acme@example.com", "files").with("beta@example.org", "hello");
        String document = "instances:\n  acme@example.com:\n    app: files\n";

        assertThat(apply(document)).isZero();
        assertThat(apply(document, "--prune")).isEqualTo(1);
        assertThat(err()).contains("this would remove instance beta@example.org. Give --yes");
        assertThat(gogo.instances.infos).hasSize(2);

        assertThat(apply(document, "--prune", "--yes")).isZero();
        assertThat(gogo.instances.infos).containsOnlyKeys(ACME);
    }

    @Test
    void usersArePrunedButNeitherWhoAppliesItNorTheLastInCharge() {
        gogo.users.add("somebody", Role.ADMINISTRATOR, AccessScope.EVERYTHING, Optional.empty());

        assertThat(apply("users:\n  viewer: {}\n", "--prune", "--yes"))
                .as(err())
                .isZero();
        assertThat(gogo.users.known).containsOnlyKeys("admin", "somebody", "viewer");
        assertThat(apply("users:\n  viewer:\n    role: administrator\n    enabled: false\n", "--prune", "--yes"))
                .isZero();
        assertThat(gogo.users.known).containsOnlyKeys("admin", "somebody", "viewer");

        assertThat(apply("users:\n  viewer:\n    enabled: true\n", "--prune", "--yes"))
                .isZero();
        assertThat(gogo.users.known).containsOnlyKeys("somebody", "viewer");
        assertThat(apply("users:\n  anna:\n    role: administrator\n", "--prune", "--yes"))
                .isZero();
        assertThat(gogo.users.known).containsOnlyKeys("somebody", "anna");
    }

    @Test
    void settingsAreSetAndPruned() {
        gogo.settings.values.put("url", "http://user:pw@host/");
        gogo.settings.values.put("hosts", "example.com");

        assertThat(apply("settings:\n  platform.web:\n    port: 80\n"))
                .as(err())
                .isZero();
        assertThat(gogo.settings.values).containsEntry("port", "80").containsEntry("hosts", "example.com");
        assertThat(apply("settings:\n  platform.web:\n    port: 8080\n", "--prune"))
                .as(err())
                .isZero();

        assertThat(gogo.settings.values).containsOnlyKeys("url");
    }

    @Test
    void aSecretSettingIsSetWhereThereIsNone() {
        String document = "settings:\n  platform.web:\n    urlFile: secrets/state/nas\n";

        assertThat(apply(document)).as(err()).isZero();
        assertThat(gogo.settings.values).containsEntry("url", "hunter2");
        assertThat(apply(document)).isZero();
        assertThat(out()).contains("Nothing to do");
    }

    @Test
    void aStepThatFailsSaysWhatIsDoneAndWhatIsNot() {
        String document = """
                targets:
                  a:
                    address: file:///a/
                  b:
                    address: ftp://b/
                users:
                  anna:
                    role: viewer
                """;

        assertThat(apply(document)).isEqualTo(1);

        assertThat(err())
                .contains("Failed: create target b: That is no address. Use another.")
                .contains("1 of 3 steps are done; not done: create user anna.");
        assertThat(out()).contains("done: create target a");
        assertThat(gogo.users.known).doesNotContainKey("anna");
        assertThat(gogo.audit.entries.toString()).contains("create target a;");
    }

    @Test
    void whatCannotBeDoneIsSaidBeforeAnythingIs() {
        assertThat(apply("apps:\n  shop: {}\n  files:\n    version: 2.0.0\nusers:\n  anna:\n    role: viewer\n"))
                .isEqualTo(1);

        assertThat(err())
                .contains("Nothing was changed.")
                .contains("app shop: It is not there. Name its jar, or copy it into apps")
                .contains("app files: It is 1.0.0.");
        assertThat(gogo.users.known).doesNotContainKey("anna");
    }

    @Test
    void anInstanceOfAnAppThatIsNotThereIsImpossible() {
        String users = "users:\n  anna:\n    role: viewer\n";
        String instances = "instances:\n  new@example.com:\n    app: shop\n";

        assertThat(apply(users + instances)).isEqualTo(1);
        assertThat(err())
                .contains("Nothing was changed.")
                .contains("instance new@example.com: There is no app 'shop'. Name it with its jar under apps");
        assertThat(gogo.users.known).doesNotContainKey("anna");
    }

    @Test
    void anAppIsInstalledAndUpdatedByTheJarThatIsNamed() throws Exception {
        Files.createDirectories(data.resolve("jars"));
        Files.writeString(data.resolve("jars/shop.jar"), "2.1.0");
        String document = "apps:\n  shop:\n    version: 2.1.0\n    jar: jars/shop.jar\n    isolation: process\n";
        gogo.places.add("shop");

        assertThat(apply(document, "--dry-run")).as(err()).isZero();
        assertThat(out()).contains("create  app   shop  version: 2.1.0; isolation: process; jar: jars/shop.jar");
        assertThat(gogo.services.find("shop")).isEmpty();
        assertThat(apply(document)).as(err()).isZero();
        assertThat(gogo.services.find("shop").orElseThrow().version()).isEqualTo("2.1.0");
        assertThat(apply(document)).isZero();
        assertThat(out()).contains("Nothing to do");

        Files.writeString(data.resolve("jars/shop.jar"), "2.2.0");
        String next = document.replace("2.1.0", "2.2.0");
        assertThat(apply(next + "    sha256: HASH2.2.0\n")).as(err()).isZero();
        assertThat(gogo.services.find("shop").orElseThrow().version()).isEqualTo("2.2.0");
        run(gogo, "", "state:export");
        assertThat(out()).contains("version: 2.2.0").doesNotContain("jar:", "sha256:");
    }

    @Test
    void aJarThatIsNotTheOneThatIsMeantIsNotInstalled() throws Exception {
        Files.writeString(data.resolve("shop.jar"), "2.1.0");
        String shop = "apps:\n  shop:\n    jar: shop.jar\n";
        assertThat(apply(shop)).isEqualTo(1);
        assertThat(err()).contains("app shop: Say of which version its jar is.");
        assertThat(apply(shop + "    version: 2.2.0\n")).isEqualTo(1);
        assertThat(err()).contains("The jar has the version 2.1.0, not 2.2.0, and was not installed.");
        assertThat(apply(shop + "    version: 2.1.0\n    sha256: other\n")).isEqualTo(1);
        assertThat(err()).contains("The jar has the sha256 hash2.1.0, not other");
        assertThat(apply(shop.replace("shop.jar", "gone.jar") + "    version: 2.1.0\n"))
                .isEqualTo(1);
        assertThat(err()).contains("cannot read the file").contains("gone.jar");
        assertThat(apply(shop.replace("shop.jar", "https://example.com/shop.jar") + "    version: 2.1.0\n"))
                .isEqualTo(1);
        assertThat(err()).contains("Give the sha256 of the jar");
        assertThat(gogo.services.find("shop")).isEmpty();
    }

    @Test
    void aJarComesFromAnAddressToo() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/shop.jar", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("2.1.0".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            String at = "http://127.0.0.1:" + server.getAddress().getPort();
            String shop = "apps:\n  shop:\n    version: 2.1.0\n    sha256: hash2.1.0\n    jar: " + at;
            assertThat(apply(shop + "/nothing\n")).isEqualTo(1);
            assertThat(err()).contains("It answers with the status 404.");
            assertThat(apply(shop + "/shop.jar\n")).as(err()).isZero();
        } finally {
            server.stop(0);
        }
        assertThat(gogo.services.find("shop")).isPresent();
    }

    @Test
    void aCertificateIsImportedOnceAndRemovedWithPrune() throws Exception {
        Files.writeString(data.resolve("shop.pem"), "certificate");
        Files.writeString(data.resolve("secrets/state/shop.key"), "key");
        String document =
                "certificates:\n  shop.example.com:\n    file: shop.pem\n    keyFile: secrets/state/shop.key\n";

        assertThat(apply(document, "--dry-run")).as(err()).isZero();
        assertThat(gogo.certificates.installed).isEmpty();
        assertThat(apply(document)).as(err()).isZero();
        assertThat(gogo.certificates.installed).singleElement().satisfies(it -> {
            assertThat(it.host()).contains("shop.example.com");
            assertThat(new String(it.content(), StandardCharsets.UTF_8)).isEqualTo("certificate\nkey");
        });
        assertThat(apply(document)).isZero();
        assertThat(out()).contains("Nothing to do");

        run(gogo, "", "state:export");
        assertThat(out()).contains("shop.example.com:\n    fingerprint: 0123456789abcdef");
        String exported = out();
        assertThat(apply(exported)).as(err()).isZero();
        assertThat(out()).contains("Nothing to do");
        assertThat(apply("certificates: {}\n", "--prune", "--yes")).as(err()).isZero();
        assertThat(gogo.certificates.installed).isEmpty();
        assertThat(apply(exported)).isEqualTo(1);
        assertThat(err()).contains("Name the file of this one");
    }

    @Test
    void aCertificateThatCannotBeUsedIsSaidBeforeAnythingIsDone() throws Exception {
        Files.writeString(data.resolve("shop.pem"), "bad");
        assertThat(apply("certificates:\n  default:\n    file: shop.pem\n")).isEqualTo(1);
        assertThat(err()).contains("Line 2, column 3: It is bad. Get another.");
    }

    @Test
    void aMadePasswordIsShownOnceAlsoAsJson() {
        assertThat(apply("users:\n  anna:\n    role: viewer\n", "-o", "json")).isZero();

        assertThat(out()).contains("password (shown only now): made-for-anna");
    }

    @Test
    void aTargetThatHasASecretIsNotReplacedWithoutIt() throws Exception {
        apply(example());

        assertThat(apply("targets:\n  nas:\n    limit: 1M\n")).isEqualTo(1);

        assertThat(err()).contains("its secret is needed again: name it, as secretFile or secretEnv");
    }

    @Test
    void aPasswordThatIsThereIsNotReadAgain() throws Exception {
        apply(example());
        Files.delete(data.resolve("secrets/state/anna"));

        assertThat(apply(example().replace("role: operator", "role: viewer")))
                .as(err())
                .isZero();

        assertThat(out()).contains("role: operator -> viewer").doesNotContain("password");
        assertThat(gogo.users.calls).noneMatch(it -> it.startsWith("password anna"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "userz: {}|Line 1, column 1: There is no 'userz' here. Did you mean users?",
                "users:\\n  anna:\\n    rol: viewer|Line 3, column 5: There is no 'rol' here. Did you mean role?",
                "users:\\n  anna:\\n    role: king|Line 3, column 5: There is no role",
                "users:\\n  anna:\\n    enabled: yes|Line 3, column 14: Give true or false for enabled.",
                "users:\\n  anna: x|Line 2, column 9: Lines key: value are expected here.",
                "users: {a: {}, a: {}}|Line 1, column 16: 'a' is there twice.",
                "users: &a {}|Line 1, column 8: Anchors and aliases are not allowed",
                "users: *a|Line 1, column 8: Anchors and aliases are not allowed",
                "users: [|Line 1, column 9: This is not YAML",
                "a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[|Line 1, column 23: This is too deep",
                "instances:\\n  Acme:\\n    app: x|Line 2, column 3: ",
                "instances:\\n  a@b.c:\\n    limits: {conections: 5}|Line 3, column 5: There is no limit 'conections'",
                "instances:\\n  a@b.c:\\n    settings: [1]|Line 3, column 15: Lines key: value are expected",
                "schedules:\\n  a:\\n    targets: nas|Line 3, column 14: Give a list for targets",
                "schedules:\\n  a:\\n    window: soon|Line 3, column 5: 'soon' is no time",
                "settings:\\n  platform.none: {}|Line 2, column 3: There are no settings 'platform.none'",
                "settings:\\n  platform.web:\\n    port: many|Line 3, column 11: Give a whole number for port.",
                "settings:\\n  platform.web:\\n    url: x|Line 3, column 5: There is no 'url' here.",
                "users:\\n  anna:\\n    role: viewer\\n    passwordFile: ../x|Line 4, column 5: The secret cannot be read",
                "users:\\n  anna:\\n    role: viewer\\n    passwordEnv: NO_SUCH|Line 4, column 5: The platform's environment",
            })
    void whatIsWrongIsSaidWithItsPlaceAndNothingIsChanged(String document, String message) {
        assertThat(apply(document.replace("\\n", "\n"))).isNotZero();
        assertThat(err()).contains(message);
        assertThat(run(gogo, document.replace("\\n", "\n"), "state:diff", "-f", "-"))
                .isEqualTo(2);
        assertThat(gogo.users.known).hasSize(5);
        assertThat(gogo.settings.values).isEmpty();
    }

    @Test
    void aSecretIsReadFromItsFoldersOnly() throws Exception {
        Files.writeString(data.resolve("outside"), "x");
        Files.createSymbolicLink(data.resolve("etc/link"), data.resolve("outside"));

        assertThat(apply("users:\n  anna:\n    role: viewer\n    passwordFile: etc/link\n"))
                .isNotZero();

        assertThat(err()).contains("has to be below etc or secrets");
    }

    @Test
    void aDocumentThatIsTooLargeIsRefused() {
        assertThat(apply("#".repeat(StateDocument.LARGEST + 1))).isNotZero();
        assertThat(err()).contains("larger than 4 MiB");
    }
}
