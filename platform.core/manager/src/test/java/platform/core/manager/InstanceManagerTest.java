package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;
import platform.core.api.CreatedInstance;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceSpec;
import platform.core.api.PlatformException;
import platform.core.api.ProvisioningListener;
import platform.core.api.State;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.postgresql.TestPostgres;

/** The manager on a real PostgreSQL; each test has a manager's database of its own. */
class InstanceManagerTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");

    @TempDir
    Path data;

    private final Databases databases = TestPostgres.databases();
    private final Fakes.FakeWebserver webserver = new Fakes.FakeWebserver();
    private final Workers workers = new Workers();
    private final List<String> steps = new ArrayList<>();
    private final List<AppContext> started = new ArrayList<>();
    private final List<InstanceId> closed = new ArrayList<>();
    private Database database;
    private ManagerTables tables;
    private AppServices services;
    private ProvisioningListener listener = (id, operation, step) -> steps.add(operation + " " + step);
    private AppService app = this::startApp;
    private InstanceManager manager;

    @BeforeEach
    void openManager() throws IOException {
        DatabaseSpec spec = TestPostgres.newDatabase();
        database = databases.open(spec);
        database.migrate(List.of(getClass().getResource("/db/manager/V1__instances.sql")));
        Files.createDirectories(data.resolve("secrets"));
        tables = new ManagerTables(database.dataSource(), new Seal(new Secrets(data.resolve("secrets"))));
        Fakes.jar(Files.createDirectories(data.resolve("apps")).resolve("notes.jar"), "notes", "1.0.0");
        start();
    }

    private void start() {
        services =
                new AppServices(data.resolve("apps"), new Fakes.FakeTracing(), file -> new Fakes.FakeHost(file, app));
        manager = new InstanceManager(
                new PlatformFolders(data),
                tables,
                databases,
                webserver,
                services,
                workers,
                (id, operation, step) -> listener.beforeStep(id, operation, step));
        manager.run();
    }

    private void restart() {
        manager.close();
        start();
    }

    @AfterEach
    void removeAll() {
        listener = (id, operation, step) -> {};
        manager.list().forEach(instance -> manager.delete(instance.id()));
        manager.close();
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
    void makesAnInstanceWithDatabasePathAndPasswordAndStartsIt() throws Exception {
        CreatedInstance made = manager.create(InstanceSpec.of(ACME, "notes"));

        assertThat(made.info().state()).isEqualTo(State.RUNNING);
        assertThat(made.password()).hasSize(20);
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(200);
        assertThat(databases.databases()).contains("example.com_acme");
        assertThat(steps)
                .containsExactly("create record", "create folder", "create role", "create database", "create ready");
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

    @Test
    void startsTheSameInstancesAfterARestart() {
        CreatedInstance made = manager.create(new InstanceSpec(
                ACME, "notes", Optional.of("/acme"), Optional.empty(), Optional.empty(), Map.of("quota", "1GB")));

        restart();

        InstanceInfo info = manager.find(ACME).orElseThrow();
        assertThat(info.state()).isEqualTo(State.RUNNING);
        assertThat(info.settings()).containsEntry("quota", "1GB");
        assertThat(webserver.answer("/acme")).isEqualTo(200);
        assertThat(started).hasSize(2);
        assertThat(started.get(1).password()).isEqualTo(made.password());
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
        InstanceRecord record = InstanceDefaults.complete(InstanceSpec.of(ACME, "notes"), java.time.Clock.systemUTC());
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
        return new InstanceSpec(id, "notes", path, database, Optional.empty(), Map.of());
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

        InstanceInfo info =
                manager.edit(ACME, new InstanceChange(Optional.of("/new/place"), Optional.empty(), Map.of()));

        assertThat(info.path()).isEqualTo("/new/place");
        assertThat(info.state()).isEqualTo(State.RUNNING);
        assertThat(webserver.answer("/new/place")).isEqualTo(200);
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(404);
        assertThat(started.get(1).webPath()).isEqualTo("/new/place");
    }

    @Test
    void restartsAnInstanceThatCannotTakeItsSettingsOver() {
        manager.create(InstanceSpec.of(ACME, "notes"));

        manager.edit(ACME, new InstanceChange(Optional.empty(), Optional.of("secret"), Map.of("a", "1", "b", "")));

        assertThat(closed).containsExactly(ACME);
        assertThat(started.get(1).password()).isEqualTo("secret");
        assertThat(started.get(1).settings()).isEqualTo(Map.of("a", "1"));
        restart();
        assertThat(started.get(2).password()).isEqualTo("secret");
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
