package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;
import platform.core.api.AppSocketListener;
import platform.core.api.CreatedInstance;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceSpec;
import platform.core.api.PlatformException;
import platform.core.api.ProvisioningListener;
import platform.core.api.State;
import platform.core.api.TraceFlag;
import platform.core.instance.Workers;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.postgresql.TestPostgres;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketSession.SendResult;
import platform.webserver.api.WebSocketUpgrade;

/** The manager on a real PostgreSQL; each test has a manager's database of its own. */
class InstanceManagerTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");

    @TempDir
    Path data;

    private final Databases databases = TestPostgres.databases();
    private final Fakes.FakeWebserver webserver = new Fakes.FakeWebserver();
    private final Fakes.FakeTracing tracing = new Fakes.FakeTracing();
    private final Workers workers = new Workers();
    private final List<String> steps = new ArrayList<>();
    private final List<AppContext> started = new ArrayList<>();
    private final List<InstanceId> closed = new ArrayList<>();
    private Database database;
    private ManagerTables tables;
    private AlarmManager alarms;
    private AppServices services;
    private ProvisioningListener listener = (id, operation, step) -> steps.add(operation + " " + step);
    private AppService app = this::startApp;
    private InstanceManager manager;
    /** By how much the manager's clock is ahead from its next start on. */
    private Duration later = Duration.ZERO;

    @BeforeEach
    void openManager() throws IOException {
        DatabaseSpec spec = TestPostgres.newDatabase();
        database = databases.open(spec);
        database.migrate(Fakes.MIGRATIONS);
        Files.createDirectories(data.resolve("secrets"));
        tables = new ManagerTables(database.dataSource(), new Seal(new Secrets(data.resolve("secrets"))));
        Fakes.jar(Files.createDirectories(data.resolve("apps")).resolve("notes.jar"), "notes", "1.0.0");
        start();
    }

    private void start() {
        services = new AppServices(
                data.resolve("apps"),
                tracing,
                Fakes.supervision(workers),
                Clock.systemUTC(),
                file -> new Fakes.FakeHost(file, app));
        alarms = new AlarmManager(new AlarmTables(database.dataSource()), workers, Clock.systemUTC());
        manager = new InstanceManager(
                new PlatformFolders(data),
                tables,
                TestPostgres.servers(),
                TestPostgres.quotas(),
                webserver,
                services,
                workers,
                Fakes.supervision(workers),
                alarms,
                (id, operation, step) -> listener.beforeStep(id, operation, step),
                Clock.offset(Clock.systemUTC(), later));
        manager.run();
    }

    private void restart() {
        manager.close();
        alarms.close();
        start();
    }

    @AfterEach
    void removeAll() {
        listener = (id, operation, step) -> {};
        manager.list().forEach(instance -> manager.delete(instance.id()));
        manager.close();
        alarms.close();
        workers.close();
        database.close();
    }

    private AppInstance startApp(AppContext context) {
        started.add(context);
        return new AppInstance() {
            @Override
            public void close() {
                closed.add(context.id());
            }
        };
    }

    @Test
    void anInstancesAlarmsAreItsOwnOutliveARestartAndGoWithIt() {
        manager.create(InstanceSpec.of(ACME, "notes"));
        started.get(0).alarms().raise(AlarmSeverity.MAJOR, "full", "The notebook is full", "");
        started.get(0).alarms().raise(AlarmSeverity.MAJOR, "torn", "A page is torn", "");
        started.get(0).alarms().clear("torn");

        restart();
        assertThat(alarms.active()).extracting(AlarmInfo::id).containsExactly("acme@example.com/full");

        manager.delete(ACME);
        started.get(1).alarms().raise(AlarmSeverity.MAJOR, "late", "It goes on after its end", "");
        assertThat(alarms.active()).isEmpty();
    }

    @Test
    void makesAnInstanceWithDatabasePathAndPasswordAndStartsIt() throws Exception {
        CreatedInstance made = manager.create(InstanceSpec.of(ACME, "notes"));

        assertThat(made.info().state()).isEqualTo(State.RUNNING);
        assertThat(made.password()).hasSize(20);
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(200);
        assertThat(databases.databases()).contains("example.com_acme");
        assertThat(steps)
                .containsExactly(
                        "create record",
                        "create folder",
                        "create role",
                        "create database",
                        "create quota",
                        "create ready");
        assertThat(started.get(0).password()).isEqualTo(made.password());
        assertThat(started.get(0).folder()).isDirectory();
        try (Connection connection = started.get(0).dataSource().getConnection()) {
            assertThat(connection.getCatalog()).isEqualTo("example.com_acme");
        }
    }

    @Test
    void removesAnInstanceWithAllThatItHad() {
        manager.create(InstanceSpec.of(ACME, "notes"));

        manager.delete(ACME);

        assertThat(closed).containsExactly(ACME);
        assertThat(manager.list()).isEmpty();
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(404);
        assertThat(databases.databases()).doesNotContain("example.com_acme");
        assertThat(databases.roles()).doesNotContain("example.com_acme");
        assertThat(data.resolve("instances/example.com/acme")).doesNotExist();
        assertThatThrownBy(() -> manager.delete(ACME)).hasMessageContaining("There is no instance acme@example.com");
    }

    private String databasePassword() {
        return tables.instances(true).get(0).databasePassword();
    }

    private void mustReachItsDatabase(AppContext context) throws SQLException {
        try (Connection connection = context.dataSource().getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void givesARunningInstancesDatabaseAnotherPassword() throws Exception {
        manager.create(InstanceSpec.of(ACME, "notes"));
        String former = databasePassword();

        manager.rotateDatabasePassword(ACME);

        assertThat(databasePassword()).hasSize(32).isNotEqualTo(former);
        assertThat(tables.begunRotations()).isEmpty();
        assertThat(started).hasSize(1);
        mustReachItsDatabase(started.get(0));
        try (Database withFormer = databases.open(new DatabaseSpec("example.com_acme", "example.com_acme", former))) {
            assertThatThrownBy(() -> withFormer.dataSource().getConnection())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
        restart();
        mustReachItsDatabase(started.get(1));
    }

    @Test
    void acceptsTheFormerPasswordForAWhile() {
        String former = manager.create(InstanceSpec.of(ACME, "notes")).password();

        String next = manager.setPassword(ACME, Optional.empty(), Duration.ofMinutes(10));

        assertThat(next).hasSize(20).isNotEqualTo(former);
        AppContext context = started.get(started.size() - 1);
        assertThat(context.password()).isEqualTo(next);
        assertThat(context.isPassword(next)).isTrue();
        assertThat(context.isPassword(former)).isTrue();
        assertThat(context.isPassword("another")).isFalse();
        restart();
        assertThat(started.get(started.size() - 1).isPassword(former)).isTrue();
        later = Duration.ofMinutes(11);
        restart();
        assertThat(started.get(started.size() - 1).isPassword(former)).isFalse();
        assertThat(started.get(started.size() - 1).isPassword(next)).isTrue();
    }

    @Test
    void anAppThatTakesANewPasswordOverIsNotRestartedForIt() {
        app = context -> {
            started.add(context);
            return new AppInstance() {
                @Override
                public boolean reconfigure(AppContext changed) {
                    return true;
                }
            };
        };
        restart();
        String former = manager.create(InstanceSpec.of(ACME, "notes")).password();

        manager.setPassword(ACME, Optional.of("the next one"), Duration.ofMinutes(10));

        assertThat(started).hasSize(1);
        assertThat(started.get(0).isPassword("the next one")).isTrue();
        assertThat(started.get(0).isPassword(former)).isTrue();
    }

    @Test
    void acceptsNoFormerPasswordWhereThatIsNotWanted() {
        String former = manager.create(InstanceSpec.of(ACME, "notes")).password();
        manager.setPassword(ACME, Optional.of("first"), Duration.ofMinutes(10));
        manager.setPassword(ACME, Optional.of("second"), Duration.ZERO);

        AppContext context = started.get(started.size() - 1);
        assertThat(List.of(former, "first", "second").stream().filter(context::isPassword))
                .containsExactly("second");
        assertThatThrownBy(() -> manager.setPassword(ACME, Optional.of("third"), Duration.ofDays(31)))
                .hasMessageContaining("30 days");
        assertThatThrownBy(() -> manager.setPassword(ACME, Optional.of(" "), Duration.ZERO))
                .hasMessageContaining("not allowed");
    }

    /** Cut off after the note, and after the server had it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChangeOfADatabasesPasswordThatWasCutOffIsCompletedAtTheNextStart(boolean reachedTheServer) throws Exception {
        manager.create(InstanceSpec.of(ACME, "notes"));
        InstanceRecord changed = tables.instances(true).get(0).withDatabasePassword("the next one");
        tables.noteDatabasePassword(changed);
        if (reachedTheServer) {
            databases.createRole(changed.databaseSpec());
        }

        restart();

        assertThat(databasePassword()).isEqualTo("the next one");
        assertThat(tables.begunRotations()).isEmpty();
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.RUNNING);
        mustReachItsDatabase(started.get(1));
    }

    @Test
    void startsTheSameInstancesAfterARestart() {
        CreatedInstance made = manager.create(new InstanceSpec(
                ACME,
                "notes",
                Optional.of("/acme"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("quota", "1GB")));

        restart();

        InstanceInfo info = manager.find(ACME).orElseThrow();
        assertThat(info.state()).isEqualTo(State.RUNNING);
        assertThat(info.settings()).containsEntry("quota", "1GB");
        assertThat(new PlacedInstances(manager).on(info.server())).containsExactly("acme@example.com");
        assertThat(new PlacedInstances(manager).on("elsewhere")).isEmpty();
        assertThat(webserver.all).containsExactly("/acme");
        assertThat(webserver.answer("/acme")).isEqualTo(200);
        assertThat(webserver.paths.get("/acme").held).isEqualTo(Duration.ofSeconds(10));
        assertThat(started).hasSize(2);
        assertThat(started.get(1).password()).isEqualTo(made.password());
    }

    @Test
    void changesWhatIsLoggedOfAnInstanceWhileItRunsAndKeepsIt() {
        manager.create(InstanceSpec.of(ACME, "notes").withTrace(Set.of(TraceFlag.DATABASE)));
        assertThat(tracing.traced.get(ACME.toString())).containsExactly("trace.database");

        Set<TraceFlag> changed = Set.of(TraceFlag.SMTP, TraceFlag.ALARM_CLIENT);
        InstanceInfo info = manager.edit(ACME, InstanceChange.NONE.withTrace(changed));
        assertThat(info.trace()).isEqualTo(changed);
        assertThat(tracing.traced.get(ACME.toString())).containsExactlyInAnyOrder("trace.smtp", "trace.alarm-client");
        assertThat(started).hasSize(1);

        manager.stop(ACME);
        assertThat(tracing.traced.get(ACME.toString())).isEmpty();
        restart();
        assertThat(manager.find(ACME).orElseThrow().trace()).isEqualTo(changed);
    }

    @Test
    void saysWhatTheWebSocketsOfAnInstanceHaveDone() {
        manager.create(InstanceSpec.of(ACME, "notes"));

        assertThat(manager.webSockets(ACME).open()).isEqualTo(3);
        assertThatThrownBy(() -> manager.webSockets(InstanceId.parse("nobody@example.com")))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("There is no instance nobody@example.com");
    }

    @Test
    void pausesAllThatRunAndStartsThemAgainWhateverHappens() {
        manager.create(InstanceSpec.of(ACME, "notes"));
        InstanceId other = InstanceId.parse("other@example.com");
        manager.create(InstanceSpec.of(other, "notes"));
        manager.stop(other);

        assertThatThrownBy(() -> manager.whilePaused("Work is being done.", () -> {
                    assertThat(webserver.answer("/example.com/acme")).isEqualTo(503);
                    assertThat(manager.find(ACME).orElseThrow().reason()).isEqualTo("Work is being done.");
                    throw new IllegalStateException("it fails");
                }))
                .hasMessage("it fails");

        assertThat(webserver.answer("/example.com/acme")).isEqualTo(200);
        assertThat(manager.find(other).orElseThrow().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void letsNobodyElseChangeAnInstanceMeanwhile() throws Exception {
        manager.create(InstanceSpec.of(ACME, "notes"));
        CompletableFuture<Void> stop = manager.exclusively(ACME, () -> {
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> manager.stop(ACME));
            manager.edit(ACME, InstanceChange.NONE.withSettings(Map.of("a", "1")));
            assertThat(other).isNotDone();
            assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.RUNNING);
            return other;
        });
        stop.get();
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void leavesAnInstanceStoppedThatAnAdministratorStopped() {
        manager.create(InstanceSpec.of(ACME, "notes"));
        manager.stop(ACME);
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(503);

        restart();
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.STOPPED);
        assertThat(manager.find(ACME).orElseThrow().reason()).contains("administrator");

        manager.start(ACME);
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(200);
    }

    /** Whoever cancels interrupts the thread that makes it. */
    @Test
    void takesBackWhatWasMadeAlsoWhenItIsInterrupted() {
        listener = (id, operation, step) -> {
            if ((operation + " " + step).equals("create ready")) {
                Thread.currentThread().interrupt();
            }
        };
        assertThatThrownBy(() -> manager.create(InstanceSpec.of(ACME, "notes"))).isInstanceOf(RuntimeException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(databases.databases()).doesNotContain("example.com_acme");

        listener = (id, operation, step) -> {};
        assertThat(manager.create(InstanceSpec.of(ACME, "notes")).info().state())
                .isEqualTo(State.RUNNING);
    }

    @Test
    void takesBackWhatWasMadeWhenAStepFails() throws IOException {
        // A file where the folder should be.
        Files.createDirectories(data.resolve("instances"));
        Files.writeString(data.resolve("instances/example.com"), "in the way");

        assertThatThrownBy(() -> manager.create(InstanceSpec.of(ACME, "notes"))).isInstanceOf(RuntimeException.class);
        assertThat(manager.list()).isEmpty();
        assertThat(tables.instances(false)).isEmpty();
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(404);

        Files.delete(data.resolve("instances/example.com"));
        assertThat(manager.create(InstanceSpec.of(ACME, "notes")).info().state())
                .isEqualTo(State.RUNNING);
    }

    @Test
    void removesAtTheNextStartWhatACrashCutOff() {
        InstanceRecord record =
                InstanceDefaults.complete(InstanceSpec.of(ACME, "notes"), "embedded", java.time.Clock.systemUTC());
        tables.insert(record);
        databases.createRole(record.databaseSpec());
        databases.createDatabase(record.databaseSpec());

        restart();

        assertThat(manager.list()).isEmpty();
        assertThat(tables.instances(false)).isEmpty();
        assertThat(databases.databases()).doesNotContain("example.com_acme");
        assertThat(databases.roles()).doesNotContain("example.com_acme");
    }

    @Test
    void refusesWhatIsTaken() {
        manager.create(InstanceSpec.of(ACME, "notes"));
        InstanceId other = InstanceId.parse("other@example.com");

        assertConflict(InstanceSpec.of(ACME, "notes"), "already an instance");
        assertConflict(spec(other, Optional.of("/example.com/acme"), Optional.empty()), "belongs to acme@example.com");
        assertConflict(spec(other, Optional.empty(), Optional.of("example.com_acme")), "belongs to acme@example.com");
        assertThat(manager.list()).hasSize(1);
    }

    private static InstanceSpec spec(InstanceId id, Optional<String> path, Optional<String> database) {
        return new InstanceSpec(id, "notes", path, Optional.empty(), database, Optional.empty(), Map.of());
    }

    private void assertConflict(InstanceSpec spec, String message) {
        assertThatThrownBy(() -> manager.create(spec))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.kind()).isEqualTo(PlatformException.Kind.CONFLICT))
                .hasMessageContaining(message);
    }

    @Test
    void refusesAnUnknownAppAndAnImpossiblePath() {
        assertThatThrownBy(() -> manager.create(InstanceSpec.of(ACME, "nothing")))
                .hasMessageContaining("There is no app 'nothing'");
        assertThatThrownBy(() -> manager.create(spec(ACME, Optional.of("no-slash"), Optional.empty())))
                .hasMessageContaining("does not begin with a slash");
        assertThat(tables.instances(false)).isEmpty();
    }

    @Test
    void refusesAnInstanceOfAFileThatIsNoApp() throws IOException {
        services.install(Files.writeString(data.resolve("apps/odd.jar"), "text").toFile());

        assertConflict(InstanceSpec.of(ACME, "odd"), "not a complete jar");
        assertThat(manager.list()).isEmpty();
    }

    @Test
    void keepsAnInstanceThatDoesNotStartAndSaysWhy() {
        app = context -> {
            throw new IllegalStateException("no licence for " + context.id());
        };
        restart();

        InstanceInfo info = manager.create(InstanceSpec.of(ACME, "notes")).info();

        assertThat(info.state()).isEqualTo(State.FAILED);
        assertThat(info.reason()).contains("no licence for acme@example.com");
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(503);
        assertThatThrownBy(() -> manager.start(ACME)).hasMessageContaining("no licence");
    }

    @Test
    void movesARunningInstanceToAnotherPath() {
        manager.create(InstanceSpec.of(ACME, "notes"));

        InstanceInfo info = manager.edit(ACME, InstanceChange.NONE.withPath("/new/place"));

        assertThat(info.path()).isEqualTo("/new/place");
        assertThat(info.state()).isEqualTo(State.RUNNING);
        assertThat(webserver.answer("/new/place")).isEqualTo(200);
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(404);
        assertThat(started.get(1).webPath()).isEqualTo("/new/place");
    }

    @Test
    void letsTheOldPathRedirectUntilItsTimeIsOver() {
        manager.create(InstanceSpec.of(ACME, "notes"));

        InstanceInfo info =
                manager.edit(ACME, InstanceChange.NONE.withPath("/new/place").withOldPathKept(Duration.ofDays(30)));

        assertThat(info.formerPaths()).containsOnlyKeys("/example.com/acme");
        assertThat(info.formerPaths().get("/example.com/acme"))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(31)));
        assertThat(webserver.paths.get("/new/place").aliases.formerPaths()).isEqualTo(info.formerPaths());
        restart();
        assertThat(webserver.paths.get("/new/place").aliases.formerPaths()).isEqualTo(info.formerPaths());

        manager.edit(ACME, InstanceChange.NONE.withOldPathsDropped());
        assertThat(webserver.paths.get("/new/place").aliases.formerPaths()).isEmpty();
        restart();
        assertThat(manager.find(ACME).orElseThrow().formerPaths()).isEmpty();
    }

    @Test
    void forgetsAnOldPathWhoseTimeIsOver() {
        manager.create(InstanceSpec.of(ACME, "notes"));
        manager.edit(ACME, InstanceChange.NONE.withPath("/new/place").withOldPathKept(Duration.ofDays(30)));

        later = Duration.ofDays(29);
        restart();
        assertThat(manager.find(ACME).orElseThrow().formerPaths()).containsOnlyKeys("/example.com/acme");
        later = Duration.ofDays(31);
        restart();
        assertThat(manager.find(ACME).orElseThrow().formerPaths()).isEmpty();
        assertThat(webserver.paths.get("/new/place").aliases.formerPaths()).isEmpty();
    }

    @Test
    void letsTheNextOwnerKeepAnOldPathWhoseTimeIsOver() {
        InstanceId other = InstanceId.parse("other@example.com");
        manager.create(InstanceSpec.of(ACME, "notes"));
        manager.create(InstanceSpec.of(other, "notes"));
        manager.edit(ACME, InstanceChange.NONE.withPath("/acme").withOldPathKept(Duration.ofDays(30)));
        later = Duration.ofDays(31);
        restart();

        manager.edit(other, InstanceChange.NONE.withPath("/example.com/acme"));
        manager.edit(other, InstanceChange.NONE.withPath("/other").withOldPathKept(Duration.ofDays(30)));

        restart();
        assertThat(manager.find(other).orElseThrow().formerPaths()).containsOnlyKeys("/example.com/acme");
        assertThat(manager.find(ACME).orElseThrow().formerPaths()).isEmpty();
    }

    @Test
    void takesAnOldPathBack() {
        manager.create(InstanceSpec.of(ACME, "notes"));
        manager.edit(ACME, InstanceChange.NONE.withPath("/new/place").withOldPathKept(Duration.ofDays(30)));

        InstanceInfo info = manager.edit(
                ACME, InstanceChange.NONE.withPath("/example.com/acme").withOldPathKept(Duration.ofDays(1)));

        assertThat(info.path()).isEqualTo("/example.com/acme");
        assertThat(info.formerPaths()).containsOnlyKeys("/new/place");
    }

    @Test
    void keepsAnOldPathOnlyWithANewOneAndForATimeThatMakesSense() {
        manager.create(InstanceSpec.of(ACME, "notes"));

        for (InstanceChange change : List.of(
                InstanceChange.NONE.withOldPathKept(Duration.ofDays(1)),
                InstanceChange.NONE.withPath("/example.com/acme").withOldPathKept(Duration.ofDays(1)),
                InstanceChange.NONE.withPath("/new").withOldPathKept(Duration.ZERO),
                InstanceChange.NONE.withPath("/new").withOldPathKept(Duration.ofDays(4000)))) {
            assertThatThrownBy(() -> manager.edit(ACME, change)).hasMessageContaining("The old path of " + ACME);
        }
        assertThat(manager.find(ACME).orElseThrow().path()).isEqualTo("/example.com/acme");
    }

    @Test
    void givesAnInstanceAHostOfItsOwnWithoutARestartAndTakesItAway() {
        manager.create(InstanceSpec.of(ACME, "notes"));

        assertThat(manager.edit(ACME, InstanceChange.NONE.withHost("acme.example.com"))
                        .host())
                .isEqualTo("acme.example.com");
        assertThat(webserver.paths.get("/example.com/acme").aliases.host()).contains("acme.example.com");
        assertThat(started).hasSize(1);
        restart();
        assertThat(webserver.paths.get("/example.com/acme").aliases.host()).contains("acme.example.com");
        assertThat(manager.edit(ACME, InstanceChange.NONE.withPath("/moved")).host())
                .isEqualTo("acme.example.com");
        assertThat(webserver.paths.get("/moved").aliases.host()).contains("acme.example.com");

        manager.edit(ACME, InstanceChange.NONE.withHost(""));
        assertThat(webserver.paths.get("/moved").aliases.host()).isEmpty();
    }

    @Test
    void keepsAHostAsClientsSendIt() {
        manager.create(InstanceSpec.of(ACME, "notes"));

        Map<String, String> kept = Map.of(
                " Acme.Example.COM. ", "acme.example.com",
                "M\u00fcnchen.example", "xn--mnchen-3ya.example",
                "acme..example", "acme..example",
                "acme.example:80", "acme.example:80");
        kept.forEach((given, host) -> assertThat(
                        manager.edit(ACME, InstanceChange.NONE.withHost(given)).host())
                .isEqualTo(host));
    }

    @Test
    void isAtItsHostAtAnyTimeWhileItMoves() {
        manager.create(InstanceSpec.of(ACME, "notes"));
        manager.edit(ACME, InstanceChange.NONE.withHost("acme.example.com"));
        List<Boolean> owned = new ArrayList<>();
        webserver.beforeClose = () -> owned.add(webserver.paths.values().stream()
                .filter(path -> path.spec.path().equals("/moved"))
                .anyMatch(path -> path.aliases.host().isPresent()));

        manager.edit(ACME, InstanceChange.NONE.withPath("/moved"));

        assertThat(owned).containsExactly(true);
        webserver.beforeClose = () -> {};
    }

    @Test
    void refusesAHostThatIsTaken() {
        InstanceId other = InstanceId.parse("other@example.com");
        manager.create(InstanceSpec.of(ACME, "notes"));
        manager.create(InstanceSpec.of(other, "notes"));
        manager.edit(ACME, InstanceChange.NONE.withHost("acme.example.com"));

        assertThatThrownBy(() -> manager.edit(other, InstanceChange.NONE.withHost("acme.example.com")))
                .hasMessageContaining("acme.example.com");
        assertThat(manager.find(other).orElseThrow().host()).isEmpty();
    }

    @Test
    void restartsAnInstanceThatCannotTakeItsSettingsOver() {
        manager.create(InstanceSpec.of(ACME, "notes"));

        manager.edit(ACME, InstanceChange.NONE.withPassword("secret").withSettings(Map.of("a", "1", "b", "")));

        assertThat(closed).containsExactly(ACME);
        assertThat(started.get(1).password()).isEqualTo("secret");
        assertThat(started.get(1).settings()).isEqualTo(Map.of("a", "1"));
        restart();
        assertThat(started.get(2).password()).isEqualTo("secret");
    }

    @Test
    void letsClientsLogInWithTheNewPasswordWhenTheAppTakesItOver() {
        app = context -> {
            started.add(context);
            context.appSocket("/notes", session -> new AppSocketListener() {});
            return new AppInstance() {
                @Override
                public boolean reconfigure(AppContext changed) {
                    return true;
                }
            };
        };
        restart();
        CreatedInstance made = manager.create(InstanceSpec.of(ACME, "notes"));
        assertThat(checkLogin(made.password())).contains("\"ok\":true");

        manager.edit(ACME, InstanceChange.NONE.withPassword("another password"));

        assertThat(started).hasSize(1);
        assertThat(checkLogin("another password")).contains("\"ok\":true");
        assertThat(checkLogin(made.password())).contains("\"ok\":false");
    }

    /** The answer to a client that asks whether it has the right password. */
    private String checkLogin(String password) {
        List<String> sent = new ArrayList<>();
        WebSocketUpgrade upgrade = new WebSocketUpgrade("/notes", "", Optional.empty(), "", Map.of(), Optional.empty());
        WebSocketSession session = (WebSocketSession) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {WebSocketSession.class},
                (self, called, arguments) -> called.getName().equals("upgrade")
                        ? upgrade
                        : sent.add((String) arguments[0]) ? SendResult.SENT : null);
        String digest = sha256("notes:::::c:" + password);
        webserver
                .paths
                .get("/example.com/acme")
                .sockets
                .get("/notes")
                .listenerFor(session)
                .onText(
                        session,
                        "{\"mt\":\"AppCheckLogin\",\"app\":\"notes\",\"challenge\":\"c\",\"digest\":\"" + digest
                                + "\"}");
        return String.join("", sent);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Test
    void stopsInstancesWithTheirServiceAndKeepsTheirData() throws IOException {
        manager.create(InstanceSpec.of(ACME, "notes"));
        Path jar = data.resolve("apps/notes.jar");
        byte[] content = Files.readAllBytes(jar);

        Files.delete(jar);
        services.uninstall(jar.toFile());
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.STOPPED);
        assertThat(manager.find(ACME).orElseThrow().reason()).contains("removed from the apps folder");
        assertThat(databases.databases()).contains("example.com_acme");
        assertThatThrownBy(() -> manager.start(ACME)).hasMessageContaining("does not run");

        Files.write(jar, content);
        services.install(jar.toFile());
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void keepsPasswordsSealedInItsTables() throws Exception {
        CreatedInstance made = manager.create(InstanceSpec.of(ACME, "notes"));

        try (Connection connection = database.dataSource().getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT password || database_password FROM instance")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).doesNotContain(made.password());
        }
    }
}
