package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.InstanceId;
import platform.core.api.PlatformException;
import platform.core.api.State;
import platform.core.api.TraceFlag;

/** Every command, without a terminal, as a script would call it. */
class CommandsTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();

    @BeforeEach
    void twoInstances() {
        gogo.instances.with("acme@example.com", "files").with("beta@example.org", "hello");
    }

    @AfterEach
    void close() {
        gogo.close();
    }

    private int run(String... command) {
        out.reset();
        err.reset();
        try (ShellSession session =
                new ShellSession(gogo.processor, () -> FakeGogo.ROOT, new SessionStreams(in, out, err), null, false)) {
            return session.call(List.of(command));
        }
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private JsonObject json() {
        return JsonParser.parseString(out()).getAsJsonObject();
    }

    private void typed(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void appsAreListedAlsoThoseThatFail() {
        assertThat(run("app:list")).isZero();
        assertThat(out()).isEqualTo("""
                APP    VERSION  STATE    SINCE                 INSTANCES  FILE       REASON
                files  1.0.0    RUNNING  2026-11-20T10:00:00Z  2          files.jar
                hello  1.0.0    FAILED   2026-11-20T10:00:00Z  2          hello.jar  Its component failed. Next attempt \
                at 2026-11-20T10:00:04Z.
                """);
    }

    @Test
    void aFailureSaysWhenItIsTriedAgain() {
        assertThat(run("app:info", "hello")).isZero();
        assertThat(out()).contains("Next attempt  2026-11-20T10:00:04Z");
        assertThat(run("app:info", "hello", "-o", "json")).isZero();
        assertThat(json().get("nextAttempt").getAsString()).isEqualTo("2026-11-20T10:00:04Z");
    }

    @Test
    void aListAsJsonHasTheNamesOfTheApi() {
        assertThat(run("app:list", "-o", "json")).isZero();
        JsonArray apps = JsonParser.parseString(out()).getAsJsonArray();
        assertThat(apps).hasSize(2);
        assertThat(apps.get(0).getAsJsonObject().get("name").getAsString()).isEqualTo("files");
        assertThat(apps.get(0).getAsJsonObject().get("since").getAsString()).isEqualTo("2026-11-20T10:00:00Z");
    }

    @Test
    void anAppIsShownByItsFields() {
        assertThat(run("app:info", "hello")).isZero();
        assertThat(out())
                .contains("State         FAILED\n")
                .contains("Reason        Its component failed.")
                .contains("Since         2026-");
        assertThat(run("app:info", "files", "-o=json")).isZero();
        assertThat(json().get("state").getAsString()).isEqualTo("RUNNING");
    }

    @Test
    void anAppIsStartedStoppedAndRestarted() {
        assertThat(run("app:stop", "files")).isZero();
        assertThat(out()).isEqualTo("Stopped files.\n");
        assertThat(run("app:start", "files", "-o", "json")).isZero();
        assertThat(json().get("state").getAsString()).isEqualTo("RUNNING");
        assertThat(run("app:restart", "files")).isZero();
        assertThat(gogo.services.calls).containsExactly("stop files", "start files", "stop files", "start files");
    }

    @Test
    void anInstanceIsMadeWithAllDefaultsAndItsPasswordShown() {
        assertThat(run("instance:create", "nu@example.com", "--app", "files")).isZero();
        assertThat(out()).isEqualTo("""
                Created nu@example.com.
                Path      /example.com/nu
                Address   http://localhost:8080/example.com/nu/
                Database  example.com_nu
                Password  gen-3rated  (shown only now)
                """);
        assertThat(gogo.instances.lastSpec.password()).isEmpty();
        assertThat(gogo.instances.lastSpec.settings()).isEmpty();
    }

    @Test
    void anInstanceIsMadeAsTheOptionsSay() {
        assertThat(run(
                        "instance:create",
                        "nu@example.com",
                        "--app=files",
                        "--path",
                        "/p",
                        "--database",
                        "d",
                        "--set",
                        "a=b=c",
                        "--set",
                        "e="))
                .isZero();
        assertThat(gogo.instances.lastSpec.path()).contains("/p");
        assertThat(gogo.instances.lastSpec.database()).contains("d");
        assertThat(gogo.instances.lastSpec.settings()).containsEntry("a", "b=c").containsEntry("e", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"007", "1e3", "true", "--yes", "-x", "@/etc/passwd", "'quoted'", "${sys:user.home}", " "})
    void aGivenPasswordIsTakenAsItIsAndNotShown(String password) {
        assertThat(run("instance:create", "nu@example.com", "--app", "files", "--password", password, "-o", "json"))
                .as(err())
                .isZero();
        assertThat(gogo.instances.lastSpec.password()).contains(password);
        assertThat(json().has("password")).isFalse();
    }

    @Test
    void aGeneratedPasswordIsInTheJson() {
        assertThat(run("instance:create", "nu@example.com", "--app", "files", "-o", "json"))
                .isZero();
        assertThat(json().get("password").getAsString()).isEqualTo(FakeInstances.GENERATED);
        assertThat(json().get("id").getAsString()).isEqualTo("nu@example.com");
    }

    @Test
    void aPasswordIsReadFromTheFirstLineOfStandardInput() {
        typed("se cret\r\nand more");
        assertThat(run("instance:create", "nu@example.com", "--app", "files", "--password", "-"))
                .isZero();
        assertThat(gogo.instances.lastSpec.password()).contains("se cret");
        assertThat(out()).doesNotContain("se cret");
    }

    @Test
    void aPasswordThatIsNotThereToBeReadIsWrongUsage() {
        assertThat(run("instance:edit", "acme@example.com", "--password", "-")).isEqualTo(2);
        assertThat(err()).isEqualTo("A password was to be read, but standard input is empty.\n");
    }

    @Test
    void anInstanceThatWasMadeButDoesNotStartIsAFailureAndStillShown() {
        gogo.instances.stateOfNew = State.FAILED;
        assertThat(run("instance:create", "nu@example.com", "--app", "files")).isEqualTo(1);
        assertThat(out()).contains("Created nu@example.com.").contains(FakeInstances.GENERATED);
        assertThat(err()).isEqualTo("nu@example.com was made, but it does not start: It has no disk.\n");
    }

    @Test
    void instancesAreListedAllOrOfOneApp() {
        assertThat(run("instance:list")).isZero();
        assertThat(out()).contains("acme@example.com  files").contains("beta@example.org  hello");
        assertThat(run("instance:list", "--app", "hello")).isZero();
        assertThat(out()).doesNotContain("acme").contains("beta");
    }

    @Test
    void anInstanceIsShownWithItsSizeAndSettings() {
        run("instance:create", "nu@example.com", "--app", "files", "--set", "quota=10G");
        assertThat(run("instance:info", "nu@example.com")).isZero();
        assertThat(out())
                .contains("Setting quota  10G")
                .contains("7.5 MB")
                .contains("3 open, 5 opened, 1 refused, 2 too slow; messages 1,200 in, 11 out, 4 dropped")
                .doesNotContain(FakeInstances.GENERATED);
        assertThat(run("instance:info", "nu@example.com", "-o", "json")).isZero();
        assertThat(json().get("databaseSize").getAsLong()).isEqualTo(7_500_000);
        assertThat(json().getAsJsonObject("webSockets").get("pingLatency").getAsString())
                .isEqualTo("PT0.02S");
        assertThat(json().getAsJsonObject("settings").get("quota").getAsString())
                .isEqualTo("10G");
    }

    @Test
    void anInstanceIsStoppedAndStarted() {
        assertThat(run("instance:stop", "acme@example.com", "-o", "json")).isZero();
        assertThat(json().get("state").getAsString()).isEqualTo("STOPPED");
        assertThat(run("instance:start", "acme@example.com")).isZero();
        assertThat(out()).isEqualTo("Started acme@example.com.\n");
        assertThat(run("instance:restart", "acme@example.com")).isZero();
        assertThat(out()).isEqualTo("Restarted acme@example.com.\n");
        assertThat(run("instance:restart", "nobody@example.com")).isEqualTo(ShellSession.FAILED);
        assertThat(gogo.instances.infos.get(ACME).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void anInstanceIsEdited() {
        assertThat(run("instance:edit", "acme@example.com", "--path", "/x", "--set", "a=1", "--unset", "b"))
                .isZero();
        assertThat(gogo.instances.lastChange.path()).contains("/x");
        assertThat(gogo.instances.lastChange.password()).isEmpty();
        assertThat(gogo.instances.lastChange.settings()).containsEntry("a", "1").containsEntry("b", "");
    }

    @Test
    void anInstancesHostAndOldPathsAreEdited() {
        assertThat(run("instance:edit", "acme@example.com", "--path", "/x", "--keep-old-path", "30d"))
                .isZero();
        assertThat(gogo.instances.lastChange.keepOldPath()).contains(Duration.ofDays(30));
        assertThat(run("instance:edit", "acme@example.com", "--host", "acme.example.com", "--drop-old-paths"))
                .isZero();
        assertThat(gogo.instances.lastChange.host()).contains("acme.example.com");
        assertThat(gogo.instances.lastChange.dropOldPaths()).isTrue();
        assertThat(run("instance:edit", "acme@example.com", "--no-host")).isZero();
        assertThat(gogo.instances.lastChange.host()).contains("");
    }

    @Test
    void aTimeThatIsNoneIsWrongUsage() {
        for (String time : List.of("", "30", "d", "-1d", "1w", "30d12h")) {
            assertThat(run("instance:edit", "acme@example.com", "--path", "/x", "--keep-old-path", time))
                    .isEqualTo(2);
        }
        assertThat(err()).contains("30d");
        assertThat(run("instance:edit", "acme@example.com", "--host", "a.example", "--no-host"))
                .isEqualTo(2);
        assertThat(gogo.instances.lastChange).isNull();
    }

    @Test
    void anEditOfNothingIsWrongUsage() {
        assertThat(run("instance:edit", "acme@example.com")).isEqualTo(2);
        assertThat(run("instance:edit", "acme@example.com", "--set", "a=1", "--unset", "a"))
                .isEqualTo(2);
        assertThat(gogo.instances.lastChange).isNull();
    }

    @Test
    void thePasswordOfAnInstanceIsChangedWithATimeForTheFormerOne() {
        assertThat(run("instance:set-password", "acme@example.com")).as(err()).isZero();
        assertThat(out()).contains("Changed the password of acme@example.com.", FakeInstances.GENERATED);
        assertThat(run("instance:set-password", "acme@example.com", "--password", "mine", "--grace", "0m"))
                .as(err())
                .isZero();
        assertThat(out()).doesNotContain("mine");
        assertThat(gogo.instances.passwords).containsExactly("acme@example.com  PT10M", "acme@example.com mine PT0S");
    }

    @Test
    void theDatabasePasswordOfAnInstanceIsChangedAndNotShown() {
        assertThat(run("instance:rotate-db-password", "acme@example.com")).isZero();
        assertThat(out()).isEqualTo("Changed the password of the database of acme@example.com.\n");
        assertThat(gogo.instances.rotated).containsExactly(ACME);
        assertThat(run("instance:rotate-db-password", "none@example.com")).isEqualTo(1);
        assertThat(err()).contains("There is no instance none@example.com");
    }

    @Test
    void anInstanceIsDeletedOnlyWithYesWhereNobodyCanBeAsked() {
        assertThat(run("instance:delete", "acme@example.com")).isEqualTo(2);
        assertThat(err()).contains("--yes");
        assertThat(gogo.instances.infos).containsKey(ACME);
        assertThat(run("instance:delete", "acme@example.com", "--yes", "-o", "json"))
                .isZero();
        assertThat(json().get("deleted").getAsString()).isEqualTo("acme@example.com");
        assertThat(gogo.instances.infos).doesNotContainKey(ACME);
    }

    @Test
    void theDiskIsShownWithTheLargestDatabasesOnIt() {
        assertThat(run("platform:disk")).isZero();
        assertThat(out())
                .contains("Level           LOW")
                .contains("Room            1,000.0 MB, beside the whole reserve")
                .containsSubsequence("manager ", "8.0 MB", "example.com_acme  acme@example.com  7.5 MB")
                .doesNotContain("9.0 MB");
        assertThat(run("platform:disk", "-o", "json")).isZero();
        assertThat(json().get("room").getAsLong()).isEqualTo(1_000_000_000);
        assertThat(json().getAsJsonArray("largest")).hasSize(2);
    }

    @Test
    void thePlatformIsShownAndShutDown() {
        assertThat(run("platform:info")).isZero();
        assertThat(out())
                .contains("Version    9.9.9")
                .contains("http://localhost:8080 https://localhost:8443")
                .contains("Refused    2 URIs too long");
        assertThat(run("platform:info", "-o", "json")).isZero();
        assertThat(json().get("data").getAsString()).isEqualTo("/var/platform");
        assertThat(run("platform:shutdown")).isZero();
        assertThat(gogo.platform.stopping).isTrue();
    }

    @Test
    void thePlatformsOwnDatabasePasswordsAreChanged() {
        assertThat(run("platform:rotate-db-password")).isZero();
        assertThat(out()).contains("Changed the passwords of the platform's own logins");
        assertThat(run("platform:rotate-db-password", "-o", "json")).isZero();
        assertThat(json().get("rotated").getAsBoolean()).isTrue();
        assertThat(gogo.platform.rotations).isEqualTo(2);
    }

    @Test
    void aRenamingShowsItsPlanAndThenEachInstance() {
        assertThat(run("platform:rename", "example.com", "example.org", "--domain", "--yes"))
                .isZero();
        assertThat(out()).isEqualTo("""
                Rename domain example.com to example.org, plan:
                INSTANCE          CHANGE       OLD                  NEW                  NOTE
                acme@example.com  INSTANCE     acme@example.com     acme@example.org     Its database stays.
                acme@example.com  SETTING url  https://example.com  https://example.org
                Warning: No installed certificate covers example.org.
                acme@example.org at /example.org/acme RUNNING
                Done: 1 instance changed. platform:rename --undo takes it back.
                """);
        assertThat(gogo.renaming.calls).containsExactly("plan DOMAIN example.com example.org", "apply");
    }

    @Test
    void aDryRunOfARenamingChangesNothing() {
        assertThat(run("platform:rename", "--host", "example.com", "example.org", "--dry-run", "-o", "json"))
                .isZero();
        assertThat(json().getAsJsonArray("changes")).hasSize(2);
        assertThat(json().getAsJsonObject("request").get("kind").getAsString()).isEqualTo("HOST");
        assertThat(gogo.renaming.calls).containsExactly("plan HOST example.com example.org");
    }

    @Test
    void aRenamingWithConflictsIsShownAndNotDone() {
        gogo.renaming.conflicts = List.of("There is already an instance acme@example.org.");
        assertThat(run("platform:rename", "example.com", "example.org", "--domain", "--yes"))
                .isEqualTo(1);
        assertThat(out()).contains("INSTANCE     acme@example.com");
        assertThat(err()).isEqualTo("Nothing was renamed. There is already an instance acme@example.org.\n");
        assertThat(gogo.renaming.calls).doesNotContain("apply");
    }

    @Test
    void aRenamingIsUndoneAfterItsPlanWasShown() {
        assertThat(run("platform:rename", "--undo", "-y")).isZero();
        assertThat(out())
                .startsWith("Rename domain example.org back to example.com, plan:\n")
                .endsWith("changed.\n");
        assertThat(run("platform:rename", "--undo", "-y", "-o", "json")).isZero();
        assertThat(json().get("undo").getAsBoolean()).isTrue();
        assertThat(json().getAsJsonArray("instances")).hasSize(1);
    }

    @Test
    void aRenamingWantsBothNamesWhatTheyAreAndYes() {
        assertThat(run("platform:rename", "example.com", "example.org")).isEqualTo(2);
        assertThat(err()).contains("--domain").contains("--host").contains("--undo");
        assertThat(run("platform:rename", "example.com", "--domain")).isEqualTo(2);
        assertThat(run("platform:rename", "example.com", "example.org", "--undo"))
                .isEqualTo(2);
        assertThat(run("platform:rename", "example.com", "example.org", "--domain", "--host"))
                .isEqualTo(2);
        assertThat(gogo.renaming.calls).isEmpty();
        assertThat(run("platform:rename", "example.com", "example.org", "--domain"))
                .isEqualTo(2);
        assertThat(err()).contains("--yes");
        assertThat(gogo.renaming.calls).doesNotContain("apply");
    }

    @Test
    void helpListsEveryCommandWithWhatItDoes() {
        assertThat(run("help")).isZero();
        assertThat(out().lines().skip(1))
                .allMatch(line -> line.matches("\\S+:\\S+ +(viewer|operator|administrator) +\\S.*"));
        assertThat(out()).contains("instance:create", "platform:help", "gogo:grep");
        assertThat(run("help", "-o", "json")).isZero();
        assertThat(JsonParser.parseString(out()).getAsJsonArray()).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app:list",
                "app:info",
                "app:start",
                "app:stop",
                "app:restart",
                "instance:create",
                "instance:list",
                "instance:info",
                "instance:start",
                "instance:stop",
                "instance:edit",
                "instance:delete",
                "platform:info",
                "platform:rotate-db-password",
                "platform:shutdown",
                "platform:rename",
                "platform:disk",
                "platform:help"
            })
    void everyCommandHasUsageOptionsAndAnExample(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out())
                .startsWith("Usage: " + command + " ")
                .contains("--output=FORMAT")
                .contains("Example");
        String usage = out();
        assertThat(run("help", command)).isZero();
        assertThat(out()).isEqualTo(usage);
        assertThat(run(command, "--nonsense")).isEqualTo(2);
        assertThat(err()).startsWith(command + ": ").endsWith("Try " + command + " --help\n");
    }

    @Test
    void wrongUsageNamesWhatIsWrong() {
        assertThat(run("app:list", "--colour")).isEqualTo(2);
        assertThat(err()).contains("'--colour'");
        assertThat(run("app:list", "extra")).isEqualTo(2);
        assertThat(err()).contains("'extra'");
        assertThat(run("app:list", "-o", "xml")).isEqualTo(2);
        assertThat(err()).contains("'xml'").contains("table, json or yaml");
        assertThat(run("instance:create", "nu@example.com")).isEqualTo(2);
        assertThat(err()).contains("--app");
        assertThat(run("instance:create", "nu@example.com", "--app", "files", "--set", "quota"))
                .isEqualTo(2);
        assertThat(err()).contains("quota");
        assertThat(run("list")).isEqualTo(2);
        assertThat(err()).contains("'list'");
    }

    @Test
    void whatThePlatformRefusesIsToldInItsOwnWords() {
        assertThat(run("instance:create", "ACME'; drop@x", "--app", "files")).isEqualTo(1);
        assertThat(err())
                .startsWith("Instance name 'ACME'; drop' is not allowed.")
                .doesNotContain("\tat ");
        assertThat(run("app:start", "none")).isEqualTo(1);
        assertThat(err()).isEqualTo("There is no app 'none'.\n");
        gogo.instances.failure = new PlatformException(PlatformException.Kind.FAILED, "Two\nlines \u001b[31m.");
        assertThat(run("instance:list")).isEqualTo(1);
        assertThat(err()).isEqualTo("Two\nlines \uFFFD[31m.\n");
    }

    @Test
    void anUnexpectedFailureIsOneLine() {
        gogo.instances.failure = new IllegalStateException("Boom");
        assertThat(run("instance:list")).isEqualTo(1);
        assertThat(err().lines()).singleElement().asString().contains("Boom").contains("log");
    }

    @Test
    void whereTheManagerIsMissingCommandsSaySo() {
        gogo.add("instance", new InstanceCommands(null, null, null, null, null), "list");
        gogo.add("app", new AppCommands(null, null), "list");
        gogo.add("platform", new PlatformCommands(null), "info", "help");
        gogo.add("platform", new RenameCommands(null), "rename");
        for (String command : List.of("instance:list", "app:list", "platform:info", "platform:rename --undo")) {
            assertThat(run(command.split(" "))).isEqualTo(1);
            assertThat(err()).startsWith("The platform's manager is not running");
        }
        assertThat(run("help")).isZero();
        assertThat(run("instance:list", "--help")).isZero();
    }

    @Test
    void traceFlagsAreShownAndChanged() {
        assertThat(run("instance:trace", "acme@example.com", "+database", "-app"))
                .isZero();
        assertThat(out()).isEqualTo("acme@example.com logs in detail: database, app-websocket.\n");
        assertThat(run("instance:trace", "acme@example.com", "-database", "+http-file", "-http-client"))
                .isZero();
        assertThat(out()).isEqualTo("acme@example.com logs in detail: http-file, app-websocket.\n");

        assertThat(run("instance:trace", "acme@example.com")).isZero();
        assertThat(out())
                .contains("http-file          0x100        yes  each request for a static file of the app\n")
                .contains("smtp               0x100000          what the app logs to trace.smtp\n")
                .contains("turn               0x4000000         nothing: of native clients only\n");

        assertThat(run("instance:trace", "acme@example.com", "none")).isZero();
        assertThat(out()).isEqualTo("acme@example.com logs in detail: none.\n");
        assertThat(run("instance:trace", "acme@example.com", "default", "turn")).isZero();
        assertThat(out()).isEqualTo("acme@example.com logs in detail: app, app-websocket, turn.\n");

        assertThat(run("instance:info", "acme@example.com", "-o", "json")).isZero();
        assertThat(json().getAsJsonArray("trace")).map(JsonElement::getAsString).contains("app-websocket", "turn");
    }

    @Test
    void anInstanceIsMadeWithTraceFlags() {
        assertThat(run("instance:create", "nu@example.com", "--app", "files", "--trace", "app,dns"))
                .isZero();
        assertThat(gogo.instances.lastSpec.trace()).containsExactly(TraceFlag.APP, TraceFlag.DNS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+websocket", "-no", "--app"})
    void aTraceFlagThatIsNoneIsRefused(String flag) {
        assertThat(run("instance:trace", "acme@example.com", flag)).isNotZero();
        assertThat(err()).contains("There is no trace flag").contains("app-websocket");
    }

    @Test
    void limitsAreShownAndChanged() {
        assertThat(run("instance:limit", "acme@example.com", "requests=50", "log=100M", "tasks=none"))
                .isZero();
        assertThat(out()).isEqualTo("""
                LIMIT     USE     LIMIT     SET BY
                requests  1500    50        instance
                sockets   1500    none      platform
                tasks     1500    none      instance
                log       0.0 MB  100.0 MB  instance
                """);

        assertThat(run("instance:limit", "acme@example.com", "requests=default"))
                .isZero();
        assertThat(out()).contains("requests  1500    none      platform");
        run("instance:info", "acme@example.com", "-o", "json");
        assertThat(json().getAsJsonArray("limits")).anySatisfy(limit -> {
            assertThat(limit.getAsJsonObject().get("kind").getAsString()).isEqualTo("LOG");
            assertThat(limit.getAsJsonObject().get("limit").getAsLong()).isEqualTo(100_000_000);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"speed=1", "requests", "requests=many", "log=5"})
    void aLimitThatIsNoneIsRefused(String limit) {
        assertThat(run("instance:limit", "acme@example.com", limit)).isNotZero();
        assertThat(err()).contains("instance:limit");
        assertThat(gogo.quotas.limits).isEmpty();
    }
}
