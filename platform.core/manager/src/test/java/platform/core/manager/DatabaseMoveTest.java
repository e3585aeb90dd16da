package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import platform.core.api.AppInstance;
import platform.core.api.InstanceId;
import platform.core.api.InstanceSpec;
import platform.core.api.MovedDatabase;
import platform.core.api.PlatformException;
import platform.core.api.ProvisioningListener;
import platform.core.api.State;
import platform.core.instance.Workers;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.SpareDatabases;
import platform.db.postgresql.TestPostgres;
import platform.db.postgresql.TestServers;

/** Instances on two real servers, and on their way from one to the other. */
class DatabaseMoveTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");
    private static final String NAME = "example.com_acme";
    private static TestServers two;

    private final Workers workers = new Workers();
    private Database database;
    private ManagerTables tables;
    private InstanceManager manager;
    private AppServices services;
    private AlarmManager alarms;
    private ProvisioningListener listener = (id, operation, step) -> {};

    @TempDir
    Path data;

    @BeforeAll
    static void startServers() {
        two = new TestServers();
    }

    @AfterAll
    static void stopServers() {
        two.close();
    }

    @BeforeEach
    void makeInstance() throws Exception {
        database = TestPostgres.databases().open(TestPostgres.newDatabase());
        database.migrate(Fakes.MIGRATIONS);
        Files.createDirectories(data.resolve("secrets"));
        tables = new ManagerTables(database.dataSource(), new Seal(new Secrets(data.resolve("secrets"))));
        Fakes.jar(Files.createDirectories(data.resolve("apps")).resolve("notes.jar"), "notes", "1.2.0");
        start();
        manager.create(InstanceSpec.of(ACME, "notes"));
        run("CREATE TABLE mark AS SELECT generate_series(1, 100) AS x");
    }

    private void start() {
        services = new AppServices(
                data.resolve("apps"),
                new Fakes.FakeTracing(),
                Fakes.supervision(workers),
                Clock.systemUTC(),
                file -> new Fakes.FakeHost(file, context -> new AppInstance() {}));
        alarms = new AlarmManager(new AlarmTables(database.dataSource()), workers, Clock.systemUTC());
        manager = new InstanceManager(
                new PlatformFolders(data),
                tables,
                two.servers(),
                two.quotas(),
                new Fakes.FakeWebserver(),
                services,
                workers,
                Fakes.supervision(workers),
                alarms,
                (id, operation, step) -> listener.beforeStep(id, operation, step),
                Clock.systemUTC());
        manager.run();
    }

    private void restart() {
        listener = (id, operation, step) -> {};
        manager.close();
        alarms.close();
        start();
    }

    @AfterEach
    void removeAll() {
        listener = (id, operation, step) -> {};
        two.spares().dropExpired(Instant.MAX);
        manager.list().forEach(instance -> manager.delete(instance.id()));
        manager.close();
        alarms.close();
        workers.close();
        database.close();
        assertThat(two.on("embedded")).noneMatch(name -> name.equals(NAME) || name.startsWith(SpareDatabases.KEPT));
        assertThat(two.on("far")).isEmpty();
        assertThat(two.servers().on("far").roles()).isEmpty();
    }

    private InstanceRecord record() {
        return manager.require(ACME).record();
    }

    private String run(String sql) throws Exception {
        InstanceRecord it = record();
        try (Database its = two.servers().on(it.server()).open(it.databaseSpec());
                Connection connection = its.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            ResultSet row = statement.getResultSet();
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aDatabaseIsMovedAndTheFormerOneKept() throws Exception {
        List<String> steps = new ArrayList<>();
        MovedDatabase moved = manager.moveDatabase(ACME, "far", steps::add);
        assertThat(moved.rows()).isEqualTo(100);
        assertThat(steps).contains("comparing");
        assertThat(manager.find(ACME).orElseThrow().server()).isEqualTo("far");
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.RUNNING);
        assertThat(run("SELECT count(*) FROM mark")).isEqualTo("100");
        assertThat(two.on("far")).containsExactly(NAME);
        assertThat(two.spares().kept()).hasSize(1);
        restart();
        assertThat(record().server()).isEqualTo("far");
        assertThatThrownBy(() -> manager.moveDatabase(ACME, "far", step -> {}))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.kind()).isEqualTo(PlatformException.Kind.CONFLICT));

        run("INSERT INTO mark VALUES (101)");
        manager.moveDatabase(ACME, "embedded", step -> {});
        assertThat(run("SELECT count(*) FROM mark")).isEqualTo("101");
        two.spares().dropExpired(Instant.MAX);
        assertThat(two.servers().on("far").roles()).isEmpty();
        assertThat(two.servers().on("embedded").roles()).contains(NAME);
    }

    @ParameterizedTest
    @CsvSource({"journal, embedded", "copy, embedded", "arrive, embedded", "retire, far"})
    void whereverItIsCutOffTheInstanceHasOneDatabase(String step, String server) throws Exception {
        listener = (id, operation, now) -> {
            if (operation.equals("move") && now.equals(step)) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> manager.moveDatabase(ACME, "far", it -> {})).hasMessage("killed");
        restart();
        assertThat(record().server()).isEqualTo(server);
        assertThat(run("SELECT count(*) FROM mark")).isEqualTo("100");
        assertThat(two.on("far").contains(NAME)).isEqualTo(server.equals("far"));
        assertThat(two.on("embedded").contains(NAME)).isEqualTo(server.equals("embedded"));
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void whatIsThereAlreadyIsNeitherMovedOntoNorRemoved() throws Exception {
        DatabaseSpec others = new DatabaseSpec(NAME, NAME, "another platform's");
        List<String> steps = new ArrayList<>();
        listener = (id, operation, step) -> {
            steps.add(step);
            if (step.equals("copy")) {
                make(others);
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> manager.moveDatabase(ACME, "far", it -> {})).hasMessage("killed");
        restart();
        assertThat(two.on("far")).containsExactly(NAME);
        assertThat(record().server()).isEqualTo("embedded");

        listener = (id, operation, step) -> steps.add(step);
        steps.clear();
        assertThatThrownBy(() -> manager.moveDatabase(ACME, "far", it -> {}))
                .hasMessageContaining("'far' has a database '" + NAME + "' already");
        assertThat(steps).as("the instance was not stopped").isEmpty();
        two.servers().on("far").dropDatabase(NAME);
        two.servers().on("far").dropRole(NAME);
    }

    private static void make(DatabaseSpec spec) {
        two.servers().on("far").createRole(spec);
        two.servers().on("far").createDatabase(spec);
    }

    @Test
    void aSecondNameOfItsServerIsNoTarget() throws Exception {
        manager.moveDatabase(ACME, "far", step -> {});
        two.addFarAs("again");
        try {
            List<String> steps = new ArrayList<>();
            listener = (id, operation, step) -> steps.add(step);
            assertThatThrownBy(() -> manager.moveDatabase(ACME, "again", step -> {}))
                    .hasMessageContaining("'again' is the same database server as 'far'");
            assertThat(steps).isEmpty();
            assertThat(run("SELECT count(*) FROM mark")).isEqualTo("100");
        } finally {
            two.remove("again");
        }
    }

    @Test
    void aServerThatIsAwayTakesItsInstancesWithItAndNoOthers() throws Exception {
        InstanceId far = InstanceId.parse("far@example.com");
        manager.create(new InstanceSpec(
                far,
                "notes",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.of("far")));
        assertThat(two.on("far")).containsExactly("example.com_far");
        two.stopFar();
        restart();
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.RUNNING);
        assertThat(manager.find(far).orElseThrow().state()).isEqualTo(State.FAILED);
        assertThat(manager.find(far).orElseThrow().reason()).contains("The database server 'far' is away");
        assertThatThrownBy(() -> manager.start(far))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("far@example.com does not start: The database server 'far' is away");
        assertThat(manager.databaseSize(far)).isZero();
        assertThatThrownBy(() -> manager.moveDatabase(ACME, "far", step -> {})).hasMessageContaining("is away");
        assertThatThrownBy(() -> manager.moveDatabase(ACME, "nowhere", step -> {}))
                .hasMessageContaining("no database server 'nowhere'");
        two.startFar();
        manager.start(far);
        assertThat(manager.find(far).orElseThrow().state()).isEqualTo(State.RUNNING);
    }
}
