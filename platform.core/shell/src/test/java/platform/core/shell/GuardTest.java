package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.Caller;
import platform.core.api.PlatformException;

/** Who may run what, and what is noted of it. */
class GuardTest {

    private static final Path DOCUMENT = Path.of("../../docs/security.md");

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

    private ShellSession session(String user) {
        out.reset();
        err.reset();
        Caller caller = user.equals("root") ? Caller.local("root") : gogo.users.become(user, Caller.Origin.SSH, "here");
        return new ShellSession(gogo.processor, () -> caller, new SessionStreams(in, out, err), null, false);
    }

    private int run(String user, String... command) {
        try (ShellSession session = session(user)) {
            return session.call(List.of(command));
        }
    }

    private int type(String user, String line) {
        try (ShellSession session = session(user)) {
            return session.execute(line);
        }
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyCommandSaysWhatItNeeds() {
        RoleTable.commands()
                .forEach((name, method) ->
                        assertThat(method.getAnnotation(Needs.class)).as(name).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "other", "own", "operator", "admin"})
    void everyCommandRunsForWhoMayAndNobodyElse(String user) {
        try (ShellSession session = session(user)) {
            RoleTable.commands().forEach((name, method) -> {
                if (session.gogo().get(name) != null) {
                    err.reset();
                    session.call(List.of(RoleTable.call(method)));
                    assertThat(err().contains("Ask an administrator"))
                            .as(name + ": " + err())
                            .isEqualTo(!RoleTable.may(gogo.users.require(user), method));
                }
            });
        }
    }

    @Test
    void whoHasAScopeReadsTheRecordsOfItsInstancesOnly() {
        assertThat(run("own", "log:display", "files", "--instance", "acme@example.com"))
                .as(err())
                .isZero();
        assertThat(out()).contains("late");
        assertThat(run("own", "log:display", "files")).isEqualTo(ShellSession.FAILED);
        assertThat(run("own", "log:display", "files", "--instance", "beta@example.org"))
                .isEqualTo(ShellSession.FAILED);
        assertThat(run("own", "log:tail", "files")).isEqualTo(ShellSession.FAILED);
        assertThat(out()).isEmpty();
    }

    @Test
    void theDocumentationHasTheTable() throws Exception {
        String table = RoleTable.markdown();
        Files.writeString(Path.of("target/role-table.md"), table);
        assertThat(Files.readString(DOCUMENT))
                .as("Put platform.core/shell/target/role-table.md into docs/security.md")
                .contains(table);
    }

    @Test
    void nobodyCanRunWhatDoesNotSayWhatItNeeds() {
        gogo.add("strange", new Strange(), "thing");

        assertThat(run("root", "strange:thing")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("does not say what role it takes");
        assertThat(gogo.audit.entries).singleElement().asString().contains("root strange:thing", "refused");
    }

    /** Karaf let everybody run what no rule was written for. */
    @ParameterizedTest
    @ValueSource(strings = {"viewer", "own", "operator", "admin", "root"})
    void cve_2026_91048_aCommandThatNobodyHasThoughtOfRunsForNobody(String user) {
        gogo.add("jdbc", new Strange(), "thing");

        assertThat(run(user, "jdbc:thing")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("does not say what role it takes");
    }

    /** Karaf let a viewer write files into {@code etc}, those with roles and passwords included. */
    @ParameterizedTest
    @ValueSource(strings = {"viewer", "own", "operator"})
    void cve_2026_91085_onlyAdministratorsWriteIntoEtc(String user) {
        for (String line : List.of(
                "config:set platform.core.shell.ssh bind 0.0.0.0",
                "config:unset platform.core.shell.ssh bind",
                "config:install http://127.0.0.1/users.cfg users.cfg",
                "state:apply -f x.yaml",
                "felix:install http://127.0.0.1/x.jar",
                "cat x > etc/users.cfg")) {
            assertThat(type(user, line)).as(line).isNotZero();
        }
        assertThat(gogo.audit.entries).isNotEmpty().allMatch(it -> it.toString().contains("refused"));
    }

    /** A command of a bundle that knows nothing of roles. */
    public static final class Strange {
        public void thing() {
            throw new AssertionError("It ran");
        }
    }

    @Test
    void aSessionOfNobodyMayDoNothing() throws Exception {
        CommandSession session = gogo.processor.createSession(in, out, err);

        for (Object name : (Iterable<?>) session.get(".commands")) {
            assertThatThrownBy(() -> ((Function) session.get(name.toString())).execute(session, List.of()))
                    .as(name.toString())
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            e -> assertThat(e.kind()).isEqualTo(PlatformException.Kind.DENIED));
        }
        assertThat(gogo.audit.entries).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "viewer, instance:info acme@example.com, true",
        "viewer, instance:stop acme@example.com, false",
        "operator, instance:stop acme@example.com, true",
        "operator, platform:shutdown, false",
        "own, instance:stop acme@example.com, true",
        "own, instance:stop beta@example.org, false",
        "own, instance:info beta@example.org, false",
        "own, instance:info nobody@example.org, false",
        "own, app:stop files, false",
        "own, db:list, false",
        "own, backup:list, false",
        "own, backup:run acme@example.com, true",
        "own, backup:run acme@example.com beta@example.org, false",
        "own, backup:run acme@example.com --to /etc, false",
        "operator, backup:run acme@example.com --to /etc, false",
        "operator, backup:run --all, false",
        "operator, backup:verify /etc/passwd, false",
        "own, backup:restore /etc/passwd, false",
        "own, backup:restore acme@example.com --as other@example.com, false",
        "own, instance:edit acme@example.com --set a=b, true",
        "own, instance:edit acme@example.com --path /, false",
        "operator, instance:edit acme@example.com --host example.com, false",
        "own, instance:quota acme@example.com, true",
        "own, instance:quota acme@example.com --connections 100, false",
        "viewer, instance:trace acme@example.com, true",
        "viewer, instance:trace acme@example.com +database, false",
        "own, instance:trace acme@example.com +database, true",
        "own, instance:trace beta@example.org, false",
        "viewer, instance:limit acme@example.com, true",
        "own, instance:limit acme@example.com requests=5, false",
        "viewer, app:limit files, true",
        "operator, app:limit files --heap 256M, false",
        "operator, app:limit files --memory none, false",
        "viewer, app:isolation files, true",
        "operator, app:isolation files process, false",
        "own, app:isolation files, false",
        "own, instance:restart acme@example.com, true",
        "viewer, instance:restart acme@example.com, false",
        "own, db:sql acme@example.com 'SELECT 1', true",
        "other, db:sql acme@example.com 'SELECT 1', false",
        "own, alarm:info beta@example.org/x, false",
        "own, alarm:ack platform/disk-full, false",
        "own, user:list, false",
        "own, audit:list, false",
        "own, gogo:cat /etc/passwd, false",
        "admin, user:list, true",
        "admin, gogo:echo x, true"
    })
    void roleAndScopeDecide(String user, String line, boolean allowed) {
        type(user, line);

        assertThat(err())
                .satisfies(it -> assertThat(it.contains("Ask an administrator")).isEqualTo(!allowed));
    }

    @Test
    void listsShowWhatIsWithinTheScope() {
        assertThat(type("own", "instance:list")).isZero();
        assertThat(out()).contains("acme@example.com").doesNotContain("beta@example.org");
        assertThat(type("viewer", "instance:list")).isZero();
        assertThat(out()).contains("acme@example.com", "beta@example.org");
        assertThat(type("viewer", "help")).isZero();
        assertThat(out()).contains("instance:list").doesNotContain("instance:stop", "gogo:", "user:add");
    }

    @Test
    void helpLeavesOutWhatIsNeverWithinTheScope() {
        assertThat(type("own", "help")).isZero();
        assertThat(out())
                .contains("instance:stop", "instance:list", "platform:help")
                .doesNotContain("app:stop", "log:tail", "db:list", "gogo:");
        assertThat(type("operator", "help")).isZero();
        assertThat(out()).contains("app:stop", "log:tail", "db:list");
    }

    @Test
    void completionShowsWhatIsWithinTheScope() {
        try (ShellSession session = session("own")) {
            CommandIndex index = new CommandIndex(session.gogo());
            assertThat(index.candidates("instance:info", "INSTANCE")).containsExactly("acme@example.com");
            assertThat(index.candidates("instance:list", "APP")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = ($.context bundles)",
                "\"a\" getClass",
                "(\"\" getClass) forName java.lang.Runtime",
                "'a' length",
                "[1 2] size"
            })
    void nobodyCallsMethodsOfObjects(String line) {
        assertThat(type("admin", line)).isNotZero();
        assertThat(err()).containsAnyOf("Methods of objects cannot be called", "null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "help | gogo:grep x",
                "instance:list > /tmp/never-written",
                "instance:list; platform:shutdown",
                "x = { platform:shutdown }; x",
                "(platform:shutdown)",
                "$(platform:shutdown)",
                "{ platform:shutdown }",
                "instance:info $(gogo:cat /etc/passwd)",
                "gogo:if { true } { platform:shutdown }"
            })
    void whoIsNoAdministratorHasCommandsOnly(String line) {
        assertThat(type("operator", line)).isNotZero();
        assertThat(gogo.platform.stopping).isFalse();
        assertThat(Files.exists(Path.of("/tmp/never-written"))).isFalse();
    }

    @Test
    void aCommandWithinACommandIsOfTheSameCaller() {
        assertThat(type("admin", "each [1] { instance:stop acme@example.com }")).isZero();
        assertThat(gogo.audit.entries).hasSize(2).allMatch(it -> it.startsWith("admin instance:stop"));
    }

    @Test
    void whatChangesThePlatformIsNotedBeforeAndAfter() {
        assertThat(type("own", "instance:stop acme@example.com")).isZero();
        assertThat(type("own", "instance:info acme@example.com")).isZero();
        assertThat(type("own", "instance:stop --help")).isZero();
        assertThat(type("own", "instance:stop")).isEqualTo(ShellSession.USAGE);

        assertThat(gogo.audit.entries)
                .containsExactly(
                        "own instance:stop acme@example.com on acme@example.com: begun",
                        "own instance:stop acme@example.com on acme@example.com: done"
                                + " [acme@example.com state=RUNNING -> acme@example.com state=STOPPED]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user:role viewer operator | viewer role=viewer -> viewer role=operator",
                "user:disable own | own enabled=true -> own enabled=false",
                "app:limit files --files 8192 | files files=4096 -> files files=8192",
                "app:isolation files process | files isolation=bundle -> files isolation=process",
                "instance:limit acme@example.com sockets=7 | limit.sockets=7",
                "instance:quota acme@example.com --connections 20 | limit.connections=20",
                "config:set platform.web port 81 | platform.web port=81",
                "alarm:sink add noc https://noc.example.com/ | noc address=https://noc.example.com/",
                "instance:edit acme@example.com --set quota=20G | acme@example.com settings.quota=20G",
            })
    void whatIsChangedIsNotedAsItWasAndAsItIs(String line, String changed) {
        assertThat(type("root", line)).as(err()).isZero();

        assertThat(gogo.audit.entries).last().asString().contains("done [").contains(changed);
    }

    @Test
    void whatFailsAndWhatIsRefusedIsNotedToo() {
        type("admin", "instance:start nobody@example.com");
        type("viewer", "instance:stop acme@example.com");

        assertThat(gogo.audit.entries).hasSize(3);
        assertThat(gogo.audit.entries.get(1)).contains("on nobody@example.com: failed: ");
        assertThat(gogo.audit.entries.get(2))
                .contains("viewer instance:stop acme@example.com", "refused: this takes the role operator");
    }

    @Test
    void theEndOfACancelledCommandIsNoted() {
        Caller caller = Caller.local("root");
        Guard guard = new Guard(() -> Optional.of(gogo.audit), gogo::find);
        CommandCall call = CommandCall.foreign("felix:start", List.of("60"));
        assertThatThrownBy(() -> guard.run(call, Optional.of(caller), new CommandNotes(), () -> {
                    Thread.currentThread().interrupt();
                    throw PlatformException.failed("Cancelled.", null);
                }))
                .hasMessage("Cancelled.");

        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(gogo.audit.entries).last().asString().endsWith("failed: Cancelled.");
    }

    @Test
    void secretsAreNotNoted() {
        in = new ByteArrayInputStream("typed secret\n".getBytes(StandardCharsets.UTF_8));
        run("admin", "instance:set-password", "acme@example.com", "--password", "given secret");
        run("admin", "instance:set-password", "acme@example.com", "--password", "-");
        run("admin", "instance:edit", "acme@example.com", "--set", "smtp_password=a secret", "--set", "motd=hello");
        run("admin", "backup:command-file", "set", "https://user:secret@example.com/x");

        assertThat(String.join("\n", gogo.audit.entries))
                .contains("--password ***", "smtp_password=***", "motd=hello", "https://user:***@example.com/x")
                .doesNotContain("secret");
    }

    @Test
    void nothingIsDoneThatCannotBeNoted() {
        gogo.audit.broken = true;

        assertThat(run("admin", "instance:stop", "acme@example.com")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("audit cannot be written");
        assertThat(run("admin", "instance:info", "acme@example.com")).isZero();
        assertThat(out()).contains("RUNNING");
    }

    @Test
    void theMachinesOwnUserCanRepairThePlatformWithoutAnAudit() {
        gogo.audit.broken = true;

        assertThat(run("root", "platform:shutdown")).isZero();
        assertThat(gogo.platform.stopping).isTrue();
    }

    @Test
    void aRefusalTellsNoMoreThanThatItIsOne() {
        type("own", "instance:info beta@example.org");
        String there = err();
        type("own", "instance:info nobody@example.org");

        assertThat(err()).isEqualTo(there);
        assertThat(Arrays.asList(there.split("\n"))).hasSize(1);
    }
}
