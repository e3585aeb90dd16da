package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import platform.core.api.AppMessage;
import platform.core.api.AppSession;
import platform.core.api.Audit;
import platform.core.api.AuditEvent;
import platform.core.api.CreatedInstance;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceSpec;
import platform.core.api.Instances;
import platform.core.api.PlatformException;
import platform.core.api.ServiceInfo;
import platform.core.api.Services;
import platform.core.api.State;
import platform.core.api.TraceFlag;
import platform.db.api.Databases;
import platform.db.postgresql.TestPostgres;

/** What an installer that has logged in to the manager's socket can do, and the password that it does so with. */
class ManagerSocketTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final Databases DATABASES = TestPostgres.databases();

    @TempDir
    static Path secrets;

    private static ManagerDatabase database;

    private final List<String> told = new ArrayList<>();
    private final List<String> noted = new ArrayList<>();
    private final List<InstanceSpec> made = new ArrayList<>();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private boolean mayStay = true;
    private final AppSession session = fake(AppSession.class, this::session);
    private final ManagerSession listener = new ManagerSession(
            new ManagerRequests(
                    () -> "1.2.3", fake(Services.class, this::services), fake(Instances.class, this::instances)),
            fake(Audit.class, this::audit),
            work::add,
            Optional.empty(),
            () -> mayStay);

    @BeforeAll
    static void openDatabase() {
        database = new ManagerDatabase(new Secrets(secrets), DATABASES, Fakes.MIGRATIONS);
    }

    @AfterAll
    static void removeDatabase() {
        database.close();
        DATABASES.dropDatabase(ManagerDatabase.NAME);
        DATABASES.dropRole(ManagerDatabase.NAME);
    }

    private interface Answering {
        Object answer(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answering answering) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answering.answer(method.getName(), arguments)));
    }

    private Object session(String method, Object[] arguments) {
        if (method.equals("answer")) {
            AppMessage request = (AppMessage) arguments[0];
            told.add(arguments[1] + " " + request.text("src") + " " + arguments[2]);
        } else {
            told.add(method + " " + arguments[0] + " " + arguments[1]);
        }
        return null;
    }

    private Object services(String method, Object[] arguments) {
        ServiceInfo files = new ServiceInfo("files", "Files", "1.0.0", State.RUNNING, "", AT, "files.jar", 0);
        return Optional.of(files).filter(it -> it.name().equals(arguments[0]));
    }

    private Object instances(String method, Object[] arguments) {
        return switch (method) {
            case "create" -> {
                made.add((InstanceSpec) arguments[0]);
                yield new CreatedInstance(info(made.get(0)), "generated");
            }
            case "find" ->
                made.stream()
                        .filter(it -> it.id().equals(arguments[0]))
                        .map(ManagerSocketTest::info)
                        .findFirst();
            case "start" -> throw PlatformException.failed(arguments[0] + " does not start: the test says so", null);
            default -> throw new AssertionError(method);
        };
    }

    private static InstanceInfo info(InstanceSpec spec) {
        return new InstanceInfo(
                spec.id(),
                spec.app(),
                State.RUNNING,
                "",
                AT,
                spec.path().orElse("/example.com/acme"),
                "",
                Map.of(),
                "db",
                "default",
                Map.of(),
                AT);
    }

    private Object audit(String method, Object[] arguments) {
        AuditEvent event = (AuditEvent) arguments[method.equals("end") ? 1 : 0];
        String result = method.equals("end") ? " " + arguments[2] : "";
        noted.add(method + " " + event.caller().user() + " " + event.caller().origin() + " " + event.action() + " "
                + event.target() + " (" + event.arguments() + ")" + result);
        return method.equals("begin") ? 7L : null;
    }

    private void send(String mt, Object... fields) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("mt", mt, "src", "s1"));
        for (int i = 0; i < fields.length; i += 2) {
            all.put((String) fields[i], fields[i + 1]);
        }
        listener.onMessage(session, new AppMessage(mt, all, ""));
    }

    private void done() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    @ParameterizedTest
    @CsvSource({"AppPlatformInfo", "AppPlatformInfoRequest"})
    void itSaysWhichVersionItIs(String mt) {
        send(mt);
        done();

        assertThat(told).containsExactly("AppPlatformInfoResult s1 {ok=true, version=1.2.3}");
        assertThat(noted).isEmpty();
    }

    @Test
    void anInstanceIsMadeAsAskedAndNotedWithoutItsPasswords() {
        send(
                "AddInstance",
                "appServiceID",
                "files",
                "appName",
                "acme",
                "appDomain",
                "example.com",
                "appPassword",
                "secret one",
                "webserverPath",
                "example.com/files/",
                "dbHost",
                "localhost",
                "dbName",
                "example_acme",
                "dbUser",
                "example_acme",
                "dbPassword",
                "secret two",
                "logFlags",
                "1");
        done();

        InstanceSpec spec = made.get(0);
        assertThat(spec.id()).hasToString("acme@example.com");
        assertThat(spec.path()).contains("/example.com/files");
        assertThat(spec.database()).contains("example_acme");
        assertThat(spec.password()).contains("secret one");
        assertThat(spec.server()).isEmpty();
        assertThat(told).containsExactly("AddInstanceResult s1 {ok=true, webserverPath=/example.com/files}");
        assertThat(noted)
                .hasSize(2)
                .allMatch(
                        it -> it.contains(
                                "manager socket instance:create acme@example.com (appServiceID=files webserverPath=example.com/files/"));
        assertThat(noted.get(1)).endsWith(" done");
        assertThat(noted).noneMatch(it -> it.contains("secret"));
    }

    @Test
    void anInstanceIsLeftOutOfBackupsAsAsked() {
        Map<String, String> excluded = Map.of("backup.exclude", "true");
        String[] id = {"appServiceID", "files", "appName", "acme", "appDomain", "example.com"};
        for (Object given : List.of(true, 1L, "false", "perhaps")) {
            send("AddInstance", id[0], id[1], id[2], id[3], id[4], id[5], "excludeFromBackup", given);
        }
        done();

        assertThat(made).extracting(InstanceSpec::settings).containsExactly(excluded, excluded, Map.of());
        assertThat(told.get(3)).contains("excludeFromBackup is true or false");
    }

    @Test
    void anInstanceHasTheLogFlagsThatWereAskedFor() {
        String[] id = {"appServiceID", "files", "appName", "acme", "appDomain", "example.com"};
        for (Object given : List.of(3L, "0x2001", "12884901888", -2147483647, "", 1L << 34, "App")) {
            send("AddInstance", id[0], id[1], id[2], id[3], id[4], id[5], "logFlags", given);
        }
        done();

        assertThat(made)
                .extracting(InstanceSpec::trace)
                .containsExactly(
                        Set.of(TraceFlag.APP, TraceFlag.DATABASE),
                        Set.of(TraceFlag.APP, TraceFlag.WEBSERVER_TRAFFIC),
                        Set.of(TraceFlag.ALARM_CLIENT, TraceFlag.WEBSERVER),
                        Set.of(TraceFlag.APP, TraceFlag.APPPROXY),
                        TraceFlag.DEFAULT);
        assertThat(told.get(5)).contains("bits that are no flag's");
        assertThat(told.get(6)).contains("logFlags is the sum of the trace flags' bits");
    }

    @Test
    void aPasswordThatWasMadeUpIsInTheAnswer() {
        send("AddInstance", "appServiceID", "files", "appName", "acme", "appDomain", "example.com");
        done();

        assertThat(told.get(0)).contains("appPassword=generated");
    }

    @Test
    void whatFailsIsAnsweredAndNoted() {
        send("AddInstance", "appServiceID", "files", "appName", "acme", "appDomain", "example.com");
        send("StartInstance", "appServiceID", "files", "appName", "acme", "appDomain", "example.com");
        done();

        assertThat(told.get(1))
                .startsWith("StartInstanceResult s1 {")
                .contains("ok=false", "error=acme@example.com does not start: the test says so");
        assertThat(noted.get(3))
                .contains("instance:start acme@example.com", " failed: acme@example.com does not start");
    }

    @ParameterizedTest
    @CsvSource({
        "InstallService, files, ok=true",
        "InstallService, other, There is no app 'other'. Put its jar into the folder apps",
        "InstallService, , needs the text field appServiceID",
        "StartInstance, files, needs the text field appName",
    })
    void itSaysWhatIsMissing(String mt, String app, String answer) {
        send(mt, "appServiceID", app == null ? "" : app);
        done();

        assertThat(told).singleElement().asString().contains(mt + "Result", answer);
    }

    @Test
    void anInstanceOfAnotherAppIsNotStarted() {
        send("AddInstance", "appServiceID", "files", "appName", "acme", "appDomain", "example.com");
        send("StartInstance", "appServiceID", "hello", "appName", "acme", "appDomain", "example.com");
        done();

        assertThat(told.get(1)).contains("The app 'hello' has no instance acme@example.com");
    }

    @ParameterizedTest
    @EnumSource(ManagerMessage.class)
    void everyMessageSaysWhichRoleItTakesAndWhatChangesIsAudited(ManagerMessage message) {
        assertThat(message.needed()).isNotNull();

        send(message.result().replace("Result", ""));
        done();

        assertThat(noted.isEmpty()).isEqualTo(!message.changes());
    }

    @ParameterizedTest
    @CsvSource({"DeleteInstance", "Request", "''"})
    void whatItDoesNotKnowEndsTheSocket(String mt) {
        send(mt);

        assertThat(told).containsExactly("close 1008 The platform does not know this message");
    }

    @Test
    void whoseLoginIsNotRightAnyMoreCanDoNothing() {
        send("AddInstance", "appServiceID", "files", "appName", "acme", "appDomain", "example.com");
        mayStay = false;
        done();

        assertThat(told).containsExactly("close 1008 The password was changed: log in again");
        assertThat(made).isEmpty();
    }

    @Test
    void requestsThatPileUpEndTheSocket() {
        for (int i = 0; i <= ManagerSession.WAITING; i++) {
            send("AppPlatformInfo");
        }

        assertThat(told).containsExactly("close 1008 Wait for the answers to your requests");
    }

    @Test
    void itsPasswordIsKeptSealedAndForgotten() {
        SocketPassword password = new SocketPassword(database.socket());
        assertThat(password.isOn()).isFalse();
        assertThat(password.accepted()).isEmpty();

        String generated = password.setPassword(Optional.empty());
        assertThat(password.accepted()).containsExactly(generated);
        password.setPassword(Optional.of("correct horse battery"));

        assertThat(new SocketPassword(database.socket()).accepted()).containsExactly("correct horse battery");
        assertThat(kept()).startsWith("1:").doesNotContain("horse");
        assertThatThrownBy(() -> password.setPassword(Optional.of("short")))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("12 to 256");
        assertThat(password.turnOff()).isTrue();
        assertThat(new SocketPassword(database.socket()).isOn()).isFalse();
    }

    private static String kept() {
        return database.tables().transact("look", connection -> {
            try (var row = connection.createStatement().executeQuery("SELECT password FROM manager_socket")) {
                row.next();
                return row.getString(1);
            }
        });
    }
}
