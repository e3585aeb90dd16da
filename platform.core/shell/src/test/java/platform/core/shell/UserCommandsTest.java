package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.core.api.Role;

/** The commands for users, tokens and the audit. */
class UserCommandsTest {

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();

    @AfterEach
    void close() {
        gogo.close();
    }

    private int run(String... command) {
        return runAs(FakeGogo.ROOT, command);
    }

    private int runAs(Caller caller, String... command) {
        out.reset();
        err.reset();
        try (ShellSession session =
                new ShellSession(gogo.processor, () -> caller, new SessionStreams(in, out, err), null, false)) {
            return session.call(List.of(command));
        }
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void typed(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aUserIsAddedWithAPasswordThatIsShownOnceAndNeverNoted() {
        assertThat(run("user:add", "anna", "--role", "operator", "--scope", "*@example.com"))
                .isZero();

        assertThat(out()).isEqualTo("Added anna.\nPassword  made-for-anna  (shown only now)\n");
        assertThat(gogo.users.calls).containsExactly("add anna operator *@example.com -");
        assertThat(gogo.audit.entries).noneMatch(it -> it.contains("made-for"));
    }

    @Test
    void aPasswordIsReadFromStandardInput() {
        typed("a long password\nnext");
        assertThat(run("user:add", "anna", "--role", "viewer", "--ask")).isZero();
        typed("another password\n");
        assertThat(run("user:passwd", "anna")).isZero();
        assertThat(run("user:passwd", "anna", "--generate", "-o", "json")).isZero();

        assertThat(out()).contains("\"password\": \"made-for-anna\"");
        assertThat(gogo.users.calls)
                .containsExactly(
                        "add anna viewer everything a long password",
                        "password anna another password",
                        "password anna -");
    }

    @Test
    void usersAreListed() {
        assertThat(run("user:list")).isZero();
        assertThat(out()).contains("own       operator       *@example.com  enabled  none");
        assertThat(run("user:list", "-o", "json")).isZero();
        assertThat(JsonParser.parseString(out())
                        .getAsJsonArray()
                        .get(0)
                        .getAsJsonObject()
                        .get("role")
                        .getAsString())
                .isEqualTo("administrator");
    }

    @Test
    void whomAnIdentityProviderLogsInIsListedAsSuch() {
        gogo.users.withExternal("oidc:anna");
        assertThat(run("user:list")).isZero();
        assertThat(out()).containsPattern("oidc:anna +viewer +everything +enabled +at provider +\\S.* at provider");
    }

    @Test
    void aRoleIsChangedAndTheScopeKept() {
        assertThat(run("user:role", "own", "viewer")).isZero();
        assertThat(gogo.users.known.get("own").role()).isEqualTo(Role.VIEWER);
        assertThat(gogo.users.known.get("own").scope()).hasToString("*@example.com");
        assertThat(run("user:role", "own", "operator", "--scope", "acme@example.com"))
                .isZero();
        assertThat(out()).contains("own is operator of acme@example.com now");
        assertThat(run("user:role", "own", "root")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("viewer, operator, administrator");
        assertThat(run("user:role", "nobody", "viewer")).isEqualTo(ShellSession.FAILED);
    }

    @Test
    void aUserIsDisabledEnabledAndRemoved() {
        assertThat(run("user:disable", "own")).isZero();
        assertThat(gogo.users.known.get("own").enabled()).isFalse();
        assertThat(run("user:enable", "own")).isZero();
        assertThat(gogo.users.known.get("own").enabled()).isTrue();
        assertThat(run("user:remove", "own")).isZero();
        assertThat(gogo.users.known).doesNotContainKey("own");
    }

    @Test
    void aSecondFactorIsSetWithACodeAndRemoved() {
        typed(" 123456 \n");
        assertThat(run("user:totp", "own")).isZero();
        assertThat(out())
                .contains("SECRET32", "otpauth://totp/App%20Platform:own?secret=SECRET32&issuer=App%20Platform");
        assertThat(run("user:totp", "own", "--off")).isZero();
        assertThat(gogo.users.calls).containsExactly("totp own SECRET32 123456", "no totp own");
    }

    @Test
    void anybodyChangesHisOwnPasswordByKnowingThePresentOne() {
        Caller viewer = gogo.users.become("viewer", Caller.Origin.SSH, "192.0.2.7");

        typed(FakeUsers.PASSWORD + "\na new password\n");
        assertThat(runAs(viewer, "user:passwd")).isZero();
        typed("wrong\na new password\n");
        assertThat(runAs(viewer, "user:passwd")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).isEqualTo("The present password is wrong. Nothing was changed.\n");
        typed("another password\n");
        assertThat(runAs(viewer, "user:passwd", "admin")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("this takes the role administrator");
        assertThat(run("user:passwd")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("'somebody' is no user of the platform");

        assertThat(gogo.users.calls).containsExactly("password viewer a new password");
        assertThat(gogo.audit.entries)
                .contains("viewer user:passwd : begun", "viewer user:passwd : done")
                .noneMatch(entry -> entry.contains("a new password"));
    }

    @Test
    void keysAreAddedListedAndRemoved() {
        assertThat(run("user:key", "add", "own", "ssh-ed25519", "AAAAxyz", "at home"))
                .isZero();
        assertThat(out()).isEqualTo("own may log in over SSH by the key SHA256:AAAAxyz now.\n");
        typed("ssh-rsa BBBB from a file\n");
        assertThat(run("user:key", "add", "other")).isZero();
        assertThat(run("user:key", "list", "own")).isZero();
        assertThat(out()).contains("own   ssh-ed25519  SHA256:AAAAxyz  at home").doesNotContain("other");
        assertThat(run("user:key", "list", "-o", "json")).isZero();
        assertThat(JsonParser.parseString(out()).getAsJsonArray()).hasSize(2);
        assertThat(run("user:key", "remove", "other", "SHA256:BBBB")).isZero();
        assertThat(run("user:key", "remove", "other", "SHA256:BBBB")).isEqualTo(ShellSession.FAILED);
        assertThat(run("user:key", "remove", "own")).isEqualTo(ShellSession.USAGE);
        assertThat(run("user:key", "show")).isEqualTo(ShellSession.USAGE);
        assertThat(gogo.audit.entries)
                .contains("somebody user:key add own ssh-ed25519 AAAAxyz at home SHA256:AAAAxyz on own: done");
    }

    @Test
    void tokensAreMadeListedAndRemoved() {
        assertThat(run("token:add", "ci", "--user", "own", "--role", "viewer", "--scope", "acme@example.com"))
                .isZero();
        assertThat(out()).startsWith("Made the token ci.\nToken    plat_secret  (shown only now)\nExpires  ");
        assertThat(run("token:list")).isZero();
        assertThat(out()).contains("ci     own   viewer  acme@example.com").doesNotContain("plat_secret");
        assertThat(run("token:remove", "ci")).isZero();
        assertThat(run("token:remove", "ci")).isEqualTo(ShellSession.FAILED);
        assertThat(gogo.audit.entries).noneMatch(it -> it.contains("plat_secret"));
    }

    @Test
    void theAuditIsListedVerifiedAndExported() {
        run("user:disable", "own");
        assertThat(run("audit:list", "own")).isZero();
        assertThat(out()).contains("somebody", "shell local", "user:disable", "done");
        gogo.audit.refuse(new AuditEvent(Caller.local("root"), "app:remove", "", "files"), "too late");
        assertThat(run("audit:list", "app:remove")).isZero();
        assertThat(out().lines().toList().get(1)).containsPattern("app:remove +files +refused");
        assertThat(run("audit:list", "own")).isZero();
        assertThat(out()).doesNotContain("own  own");
        assertThat(run("audit:list", "--limit", "0")).isEqualTo(ShellSession.USAGE);
        assertThat(run("audit:verify")).isZero();
        assertThat(out()).contains("are whole").doesNotContain("removed");
        gogo.audit.beginning = "What was before was removed for its age.";
        assertThat(run("audit:verify")).isZero();
        assertThat(out()).contains("are whole.\nWhat was before was removed for its age.");
        gogo.audit.findings = List.of("Entry 2 is missing.");
        assertThat(run("audit:verify")).isEqualTo(ShellSession.FAILED);
        assertThat(out()).contains("Entry 2 is missing.");
        assertThat(run("audit:export")).isZero();
        assertThat(out().lines()).allMatch(line -> JsonParser.parseString(line).isJsonObject());
        assertThat(out()).contains("\"action\":\"user:disable\",\"arguments\":\"own\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user:add",
                "user:list",
                "user:passwd",
                "user:role",
                "user:disable",
                "user:enable",
                "user:remove",
                "user:totp",
                "user:key",
                "token:add",
                "token:list",
                "token:remove",
                "audit:list",
                "audit:verify",
                "audit:export"
            })
    void everyCommandHasUsageOptionsAndAnExample(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out()).startsWith("Usage: " + command + " ").contains("Example");
    }

    @Test
    void theManagersSocketIsOffUntilItGetsAPassword() {
        assertThat(run("manager:socket")).isZero();
        assertThat(out()).isEqualTo("The manager's socket is off.\n");

        assertThat(run("manager:socket", "--on")).isZero();
        assertThat(out())
                .isEqualTo("The manager's socket is on: installers log in to /manager as manager.\n"
                        + "Password  made-up  (shown only now)\n");
        typed("a long password\n");
        assertThat(run("manager:socket", "--ask", "-o", "json")).isZero();
        assertThat(out()).contains("\"on\": true").doesNotContain("password");
        assertThat(gogo.socket.password).contains("a long password");
        assertThat(run("manager:socket", "--on", "--off")).isEqualTo(2);
        assertThat(run("manager:socket", "--off")).isZero();

        assertThat(gogo.socket.password).isEmpty();
        assertThat(gogo.audit.entries).noneMatch(it -> it.contains("made-up") || it.contains("long password"));
    }
}
