package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;
import platform.core.api.Departure;
import platform.core.api.InstanceId;
import platform.core.api.InstanceSpec;
import platform.core.api.PlatformException;
import platform.core.api.ProvisioningListener;
import platform.core.api.QuotaKind;
import platform.core.api.State;
import platform.core.api.TraceFlag;
import platform.core.instance.Workers;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.api.SpareDatabases;
import platform.db.postgresql.TestPostgres;

/** Instances get other databases, on a real PostgreSQL. */
class DatabaseTransferTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");
    private static final Instant UNTIL = Instant.parse("2026-11-28T08:00:00Z");

    @TempDir
    Path data;

    private final Databases databases = TestPostgres.databases();
    private final SpareDatabases spares = TestPostgres.spares();
    private final Workers workers = new Workers();
    private final DatabaseSpec spec = TestPostgres.newDatabase();
    private final CutOff cutOff = new CutOff();
    private Database database;
    private ManagerTables tables;
    private AlarmManager alarms;
    private AppServices services;
    private List<URL> migrations = List.of();
    private ProvisioningListener listener = (id, operation, step) -> {};
    private Fakes.FakeWebserver webserver;
    private InstanceManager manager;
    private DatabaseTransfer transfer;

    @BeforeEach
    void openManager() throws IOException {
        database = databases.open(spec);
        database.migrate(Fakes.MIGRATIONS);
        Files.createDirectories(data.resolve("secrets"));
        tables = new ManagerTables(
                cutOff.of(DataSource.class, database.dataSource()), new Seal(new Secrets(data.resolve("secrets"))));
        Fakes.jar(Files.createDirectories(data.resolve("apps")).resolve("notes.jar"), "notes", "1.2.0");
        start();
        manager.create(new InstanceSpec(
                ACME,
                "notes",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("color", "new")));
        mark(record().database(), "new");
    }

    private void start() {
        webserver = new Fakes.FakeWebserver();
        services = new AppServices(
                data.resolve("apps"), new Fakes.FakeTracing(), Fakes.supervision(workers), Clock.systemUTC(), file -> {
                    Fakes.FakeHost host = new Fakes.FakeHost(file, new Notes());
                    host.migrations = migrations;
                    return host;
                });
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
                Clock.systemUTC());
        transfer = new DatabaseTransfer(
                manager,
                services,
                tables,
                TestPostgres.servers(),
                cutOff.of(SpareDatabases.class, spares),
                workers,
                (id, operation, step) -> listener.beforeStep(id, operation, step));
        manager.run();
    }

    /** An app that wants a mark in its database. */
    private static final class Notes implements AppService {

        @Override
        public AppInstance start(AppContext context) {
            return new AppInstance() {};
        }

        @Override
        public void verify(DataSource restored, Map<String, String> settings) throws SQLException {
            try (Connection connection = restored.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT * FROM mark");
            }
        }
    }

    @Test
    void whatGoesToAnotherPlatformIsStartedByNobodyUntilItStays() {
        transfer.depart(ACME, Departure.UNDECIDED);
        restart();
        assertThat(transfer.departures()).containsEntry(ACME, Departure.UNDECIDED);
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.STOPPED);
        assertThat(manager.find(ACME).orElseThrow().reason()).contains("is being moved");
        assertThatThrownBy(() -> manager.start(ACME))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("instance:move acme@example.com --abort");

        Departure gone = new Departure(Optional.of(URI.create("https://far/acme/")), Optional.of(UNTIL));
        transfer.depart(ACME, gone);
        restart();
        assertThat(transfer.departures()).containsEntry(ACME, gone);
        assertThat(manager.find(ACME).orElseThrow().reason()).isEqualTo("It was moved to https://far/acme/.");
        assertThat(webserver.paths.get("/example.com/acme").redirect).isEqualTo(URI.create("https://far/acme/"));

        transfer.stay(ACME);
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.RUNNING);
        assertThat(webserver.paths.get("/example.com/acme").redirect).isNull();
        restart();
        assertThat(transfer.departures()).isEmpty();
        transfer.depart(ACME, gone);
        manager.delete(ACME);
        assertThat(transfer.departures()).isEmpty();
    }

    private void restart() {
        listener = (id, operation, step) -> {};
        cutOff.never();
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
        assertThat(databases.databases())
                .noneMatch(name -> name.startsWith(SpareDatabases.SPARE) || name.startsWith(SpareDatabases.KEPT));
    }

    private InstanceRecord record() {
        return manager.require(ACME).record();
    }

    private String oldDatabase() {
        String spare = spares.create(record().database());
        mark(spare, "old");
        return spare;
    }

    private void mark(String name, String mark) {
        in(name, statement -> statement.execute("CREATE TABLE mark AS SELECT '" + mark + "'::text AS mark"));
    }

    private String mark(String name) {
        return in(name, statement -> {
            try (ResultSet row = statement.executeQuery("SELECT mark FROM mark")) {
                row.next();
                return row.getString(1);
            }
        });
    }

    private interface Work<T> {
        T on(Statement statement) throws SQLException;
    }

    private <T> T in(String name, Work<T> work) {
        DatabaseSpec its = new DatabaseSpec(name, record().database(), record().databasePassword());
        try (Database opened = databases.open(its);
                Connection connection = opened.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void givesAnInstanceAnotherDatabaseWithItsSettingsAndKeepsTheFormer() {
        String kept = spares.keptName(UNTIL);

        transfer.replaceDatabase(ACME, oldDatabase(), kept, Map.of("color", "old", "size", "1"));

        assertThat(mark(record().database())).isEqualTo("old");
        assertThat(mark(kept)).isEqualTo("new");
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.RUNNING);
        assertThat(manager.find(ACME).orElseThrow().settings()).isEqualTo(Map.of("color", "old", "size", "1"));
        restart();
        assertThat(manager.find(ACME).orElseThrow().settings()).isEqualTo(Map.of("color", "old", "size", "1"));
        assertThat(transfer.carried(ACME).appVersion()).isEqualTo("1.2.0");
        assertThat(transfer.carried(ACME).appSha256()).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "stop", "database", "settings", "start"})
    void cutOffAnywhereItIsWhollyTheOldOrWhollyTheNew(String at) {
        String spare = oldDatabase();
        listener = (id, operation, step) -> {
            if (operation.equals("restore") && step.equals(at)) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> transfer.replaceDatabase(ACME, spare, spares.keptName(UNTIL), Map.of("color", "old")))
                .hasMessage("killed");

        restart();

        boolean replaced = at.equals("settings") || at.equals("start");
        assertThat(mark(record().database())).isEqualTo(replaced ? "old" : "new");
        assertThat(record().settings()).isEqualTo(Map.of("color", replaced ? "old" : "new"));
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.RUNNING);
        spares.drop(spare);
    }

    @Test
    void cutOffAtAnyCallOutOfTheProcessItIsWhollyTheOldOrWhollyTheNew() {
        int calls = 0;
        boolean cut = true;
        while (cut) {
            calls++;
            String before = mark(record().database());
            String after = "data " + calls;
            String spare = spares.create(record().database());
            mark(spare, after);
            cutOff.at(calls);
            cut = isCutOff(spare, Map.of("color", after));
            restart();

            assertThat(mark(record().database())).as("call %s", calls).isIn(before, after);
            assertThat(record().settings()).as("call %s", calls).isEqualTo(Map.of("color", mark(record().database())));
            assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.RUNNING);
            spares.drop(spare);
            spares.kept().forEach(spares::drop);
        }
        assertThat(calls).isGreaterThan(10);
    }

    /** Whether the process ended in it. */
    private boolean isCutOff(String spare, Map<String, String> settings) {
        try {
            transfer.replaceDatabase(ACME, spare, spares.keptName(UNTIL), settings);
        } catch (CutOff.Killed e) {
            assertThat(cutOff.isDone()).isTrue();
        }
        return cutOff.isDone();
    }

    @Test
    void anInstanceWithoutItsDatabaseWaitsForItAndGetsOne() {
        String name = record().database();
        manager.stop(ACME);
        databases.dropDatabase(name);
        databases.dropRole(name);
        restart();
        assertThatThrownBy(() -> manager.start(ACME)).hasMessageContaining("Restore a backup of it");
        assertThat(manager.find(ACME).orElseThrow().reason()).contains("An administrator stopped it");

        assertThat(transfer.prepare(ACME)).isFalse();
        transfer.replaceDatabase(ACME, oldDatabase(), name, Map.of("color", "old"));

        assertThat(transfer.prepare(ACME)).isTrue();
        assertThat(mark(name)).isEqualTo("old");
        assertThat(record().settings()).isEqualTo(Map.of("color", "old"));
        manager.start(ACME);
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "stop", "database", "settings", "start"})
    void aFirstDatabaseThatIsCutOffIsMissingOrWholeWithItsSettings(String at) {
        String name = record().database();
        databases.dropDatabase(name);
        restart();
        assertThat(manager.find(ACME).orElseThrow().reason()).contains("database is missing");
        String spare = oldDatabase();
        listener = (id, operation, step) -> {
            if (operation.equals("restore") && step.equals(at)) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> transfer.replaceDatabase(ACME, spare, name, Map.of("color", "old")))
                .hasMessage("killed");

        restart();

        boolean given = at.equals("settings") || at.equals("start");
        assertThat(databases.databases().contains(name)).isEqualTo(given);
        assertThat(transfer.prepare(ACME)).isEqualTo(given);
        assertThat(record().settings()).isEqualTo(Map.of("color", given ? "old" : "new"));
        spares.drop(spare);
    }

    @Test
    void aDatabaseThatIsNotThereLeavesTheInstanceAsItWas() {
        assertThatThrownBy(() -> transfer.replaceDatabase(
                        ACME, SpareDatabases.SPARE + "none", spares.keptName(UNTIL), Map.of("color", "old")))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("is as it was");

        assertThat(mark(record().database())).isEqualTo("new");
        assertThat(manager.find(ACME).orElseThrow().state()).isEqualTo(State.RUNNING);
        assertThat(record().settings()).isEqualTo(Map.of("color", "new"));
    }

    @Test
    void makesAnInstanceOutOfADatabaseOrNoneAtAll() {
        InstanceId copy = InstanceId.parse("copy@example.com");
        assertThatThrownBy(() -> transfer.create(InstanceSpec.of(copy, "notes"), name -> {
                    assertThat(databases.databases()).contains(name);
                    throw new IllegalStateException("the dump is damaged");
                }))
                .hasMessage("the dump is damaged");
        assertThat(manager.find(copy)).isEmpty();
        assertThat(databases.databases()).doesNotContain("example.com_copy");

        transfer.create(InstanceSpec.of(copy, "notes"), name -> assertThat(name).isEqualTo("example.com_copy"));
        assertThat(manager.find(copy).orElseThrow().state()).isEqualTo(State.RUNNING);
        assertThat(transfer.carried(copy).limits()).isEmpty();
    }

    @Test
    void itsOwnLimitsGoWithAnInstance() {
        Map<QuotaKind, Optional<Long>> limits =
                Map.of(QuotaKind.REQUESTS, Optional.of(9L), QuotaKind.LOG, Optional.empty());
        InstanceId copy = InstanceId.parse("copy@example.com");

        transfer.create(spec(copy, limits), name -> {});

        assertThat(transfer.carried(copy).limits()).isEqualTo(limits);
        assertThat(manager.quotas().loadLimits(copy).path().requests()).isEqualTo(9);
        assertThatThrownBy(() -> transfer.create(spec(ACME, Map.of(QuotaKind.REQUESTS, Optional.of(-1L))), name -> {}))
                .isInstanceOf(PlatformException.class);
    }

    private static InstanceSpec spec(InstanceId id, Map<QuotaKind, Optional<Long>> limits) {
        return new InstanceSpec(
                id,
                "notes",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                TraceFlag.DEFAULT,
                limits);
    }

    @Test
    void anAppLooksAtADatabaseThatIsMigratedForIt() {
        String spare = spares.create(record().database());
        try {
            assertThatThrownBy(() -> transfer.verify(ACME, spare))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("The app 'notes' finds that the restored database is not good")
                    .hasMessageContaining("mark");
            mark(spare, "restored");
            assertThat(transfer.verify(ACME, spare)).isEqualTo("1.2.0");
            services.stop("notes");
            assertThatThrownBy(() -> transfer.verify(ACME, spare)).hasMessageContaining("does not run");
        } finally {
            spares.drop(spare);
        }
    }

    @Test
    void anAppKnowsTheSchemasThatItShips() {
        migrations = List.of(Fakes.class.getResource("/db/manager/V12__proofs.sql"));
        restart();
        assertThat(transfer.knowsSchema("notes", "12")).isTrue();
        assertThat(transfer.knowsSchema("notes", "1")).isFalse();
        assertThat(transfer.knowsSchema("notes", "13")).isFalse();
        assertThat(transfer.knowsSchema("unknown", "13")).isTrue();
    }

    @Test
    void remembersWhichBackupsWereProved() {
        transfer.noteProof(ACME, UNTIL, UNTIL.plusSeconds(9));
        transfer.noteProof(ACME, UNTIL, UNTIL.plusSeconds(10));

        assertThat(transfer.proofs(ACME)).isEqualTo(Map.of(UNTIL, UNTIL.plusSeconds(10)));
        InstanceId none = InstanceId.parse("none@example.com");
        assertThat(transfer.proofs(none)).isEmpty();
        assertThat(transfer.lastProofs()).isEqualTo(Map.of(ACME, UNTIL.plusSeconds(10)));
        assertThatThrownBy(() -> transfer.noteProof(none, UNTIL, UNTIL)).hasMessageContaining("no instance");
    }
}
