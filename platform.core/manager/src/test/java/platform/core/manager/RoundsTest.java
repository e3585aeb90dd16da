package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;
import platform.core.api.Health;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceSpec;
import platform.core.api.State;
import platform.core.instance.Deadlocks;
import platform.core.instance.Workers;
import platform.db.api.Database;
import platform.db.postgresql.TestPostgres;

/** The watchdog's rounds over one instance, with a clock that stands still. */
class RoundsTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");

    @TempDir
    Path data;

    private final Fakes.FakeWebserver webserver = new Fakes.FakeWebserver();
    private final Workers workers = new Workers();
    private final Supervision supervision = new Supervision(workers, Fakes.impatient());
    private final Fakes.FakeClock clock = new Fakes.FakeClock(Instant.parse("2026-11-20T10:00:00Z"));
    private final List<AppContext> started = new CopyOnWriteArrayList<>();
    private volatile Supplier<Health> health = Health::up;
    private volatile Runnable onStart = () -> {};
    private volatile Runnable onClose = () -> {};
    private volatile Optional<String> databaseTrouble = Optional.empty();
    private final AppService app = this::startApp;
    private Database database;
    private AlarmManager alarms;
    private InstanceManager manager;
    private Rounds rounds;

    private AppInstance startApp(AppContext context) {
        started.add(context);
        onStart.run();
        return new AppInstance() {
            @Override
            public Health health() {
                return health.get();
            }

            @Override
            public void close() {
                onClose.run();
            }
        };
    }

    @BeforeEach
    void start() throws IOException {
        database = TestPostgres.databases().open(TestPostgres.newDatabase());
        database.migrate(Fakes.MIGRATIONS);
        Files.createDirectories(data.resolve("secrets"));
        Fakes.jar(Files.createDirectories(data.resolve("apps")).resolve("notes.jar"), "notes", "1.0.0");
        AppServices services = new AppServices(
                data.resolve("apps"),
                new Fakes.FakeTracing(),
                supervision,
                clock,
                file -> new Fakes.FakeHost(file, app));
        alarms = new AlarmManager(new AlarmTables(database.dataSource()), workers, clock);
        manager = new InstanceManager(
                new PlatformFolders(data),
                new ManagerTables(database.dataSource(), new Seal(new Secrets(data.resolve("secrets")))),
                TestPostgres.servers(),
                TestPostgres.quotas(),
                webserver,
                services,
                workers,
                supervision,
                alarms,
                (id, operation, step) -> {},
                clock);
        manager.run();
        rounds = new Rounds(manager, services, supervision, workers, alarms, () -> databaseTrouble, clock);
    }

    @AfterEach
    void removeAll() {
        manager.list().forEach(instance -> manager.delete(instance.id()));
        manager.close();
        alarms.close();
        workers.close();
        database.close();
    }

    private InstanceInfo info() {
        return manager.find(ACME).orElseThrow();
    }

    /** Rounds until it has come so far; each begins when its time has come. */
    private void goUntil(State state) {
        Fakes.await(() -> {
            if (info().state() != state) {
                clock.advance(Duration.ofSeconds(5));
                rounds.run();
            }
            return info().state() == state;
        });
    }

    private List<String> active() {
        rounds.run();
        return alarms.active().stream().map(AlarmInfo::id).toList();
    }

    private static Runnable failing(String reason) {
        return () -> {
            throw new IllegalStateException(reason);
        };
    }

    @Test
    void anInstanceThatDoesNotStartIsTriedAgainByItself() {
        onStart = failing("no licence");
        manager.create(InstanceSpec.of(ACME, "notes"));
        assertThat(info().state()).isEqualTo(State.FAILED);
        assertThat(info().nextAttempt()).isPresent();
        assertThat(active()).containsExactly("acme@example.com/failed");

        onStart = () -> {};
        goUntil(State.RUNNING);

        assertThat(started).hasSize(2);
        assertThat(info().nextAttempt()).isEmpty();
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(200);
        assertThat(active()).isEmpty();
    }

    @Test
    void aCrashLoopEndsInQuarantineUntilSomebodyActs() {
        onStart = failing("no licence");
        manager.create(InstanceSpec.of(ACME, "notes"));
        goUntil(State.QUARANTINED);
        assertThat(started).hasSize(5);
        assertThat(info().reason()).contains("5 times", "no licence");
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(503);
        rounds.run();
        assertThat(alarms.active()).extracting(AlarmInfo::severity).containsExactly(AlarmSeverity.CRITICAL);

        onStart = () -> {};
        clock.advance(Duration.ofDays(1));
        rounds.run();
        assertThat(info().state()).isEqualTo(State.QUARANTINED);
        manager.start(ACME);
        assertThat(info().state()).isEqualTo(State.RUNNING);
        assertThat(active()).isEmpty();
    }

    @Test
    void badHealthDegradesFirstAndIsThenARestart() {
        manager.create(InstanceSpec.of(ACME, "notes"));
        clock.advance(Duration.ofMinutes(1));
        health = () -> Health.down("The tank is empty.");
        rounds.checkHealth();
        assertThat(info().state()).isEqualTo(State.DEGRADED);
        assertThat(info().reason()).isEqualTo("The tank is empty.");
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(200);

        rounds.checkHealth();
        rounds.checkHealth();
        assertThat(info().state()).isEqualTo(State.FAILED);
        assertThat(info().reason()).isEqualTo("The tank is empty.");

        health = Health::up;
        goUntil(State.RUNNING);
        assertThat(started).hasSize(2);
    }

    @Test
    void aDegradedInstanceThatGetsWellRunsAgain() {
        manager.create(InstanceSpec.of(ACME, "notes"));
        health = () -> Health.degraded("The tank is half empty.");
        rounds.checkHealth();
        assertThat(active()).contains("acme@example.com/degraded");

        health = Health::up;
        goUntil(State.RUNNING);

        assertThat(active()).isEmpty();
        assertThat(started).hasSize(1);
    }

    @Test
    void noAnswerIsABadOneAndNamesTheStack() {
        CountDownLatch hanging = new CountDownLatch(1);
        manager.create(InstanceSpec.of(ACME, "notes"));
        clock.advance(Duration.ofMinutes(1));
        health = () -> {
            Fakes.hangUntil(hanging);
            return Health.up();
        };
        rounds.checkHealth();

        assertThat(info().state()).isEqualTo(State.DEGRADED);
        assertThat(info().reason()).contains("health() failed: no answer within 0.1 s", "Fakes.hangUntil");
        assertThat(active()).contains("acme@example.com/hung-health");
        hanging.countDown();
        health = Health::up;
        Fakes.await(() -> supervision.abandoned().isEmpty());
        goUntil(State.RUNNING);
        assertThat(active()).isEmpty();
    }

    @Test
    void aStuckExecutorIsNamedAndARestartGoesOnWithoutItsTask() {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        manager.create(InstanceSpec.of(ACME, "notes"));
        clock.advance(Duration.ofMinutes(1));
        started.get(0).executor().execute(() -> {
            begun.countDown();
            Fakes.hangUntil(hanging);
        });
        Fakes.await(() -> {
            rounds.checkHealth();
            return info().state() == State.DEGRADED;
        });
        assertThat(info().reason()).contains("A task of its executor", "Fakes.hangUntil");

        goUntil(State.FAILED);
        assertThat(active()).contains("acme@example.com/failed", "acme@example.com/hung-task");
        goUntil(State.RUNNING);
        CountDownLatch next = new CountDownLatch(1);
        started.get(1).executor().execute(next::countDown);
        Fakes.await(() -> next.getCount() == 0);

        hanging.countDown();
        Fakes.await(() -> active().isEmpty());
    }

    @Test
    void anOutOfMemoryErrorInATaskIsARestart() {
        manager.create(InstanceSpec.of(ACME, "notes"));
        started.get(0).executor().execute(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        goUntil(State.FAILED);
        assertThat(info().reason()).contains("OutOfMemoryError");
        goUntil(State.RUNNING);
        assertThat(started).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class, NoClassDefFoundError.class})
    void anErrorThatARequestCausesIsARestart(Class<? extends Error> error) throws ReflectiveOperationException {
        manager.create(InstanceSpec.of(ACME, "notes"));
        webserver
                .paths
                .values()
                .iterator()
                .next()
                .spec
                .onError()
                .accept(error.getConstructor().newInstance());
        goUntil(State.FAILED);
        assertThat(info().reason()).contains(error.getName());
        goUntil(State.RUNNING);
        assertThat(started).hasSize(2);
    }

    @Test
    void anAssertionThatFailsInARequestIsNone() {
        manager.create(InstanceSpec.of(ACME, "notes"));
        webserver.paths.values().iterator().next().spec.onError().accept(new AssertionError());
        rounds.run();

        assertThat(info().state()).isEqualTo(State.RUNNING);
        assertThat(started).hasSize(1);
    }

    @Test
    void aStopThatHangsIsGivenUp() {
        CountDownLatch hanging = new CountDownLatch(1);
        manager.create(InstanceSpec.of(ACME, "notes"));
        onClose = () -> Fakes.hangUntil(hanging);

        manager.stop(ACME);

        assertThat(info().state()).isEqualTo(State.STOPPED);
        rounds.run();
        assertThat(alarms.active()).extracting(AlarmInfo::id).containsExactly("acme@example.com/hung-close");
        assertThat(alarms.active().get(0).text()).contains("Fakes.hangUntil");
        hanging.countDown();
        Fakes.await(() -> active().isEmpty());
    }

    @Test
    void anAppThatStartsAfterItWasGivenUpIsClosed() {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        onStart = () -> Fakes.hangUntil(hanging);
        onClose = closed::countDown;
        manager.create(InstanceSpec.of(ACME, "notes"));
        assertThat(info().state()).isEqualTo(State.FAILED);
        assertThat(info().reason()).contains("no answer within 0.1 s", "Fakes.hangUntil");

        hanging.countDown();

        Fakes.await(() -> closed.getCount() == 0);
    }

    @Test
    @DisabledForJreRange(min = JRE.JAVA_21, disabledReason = "The JVM tells of no deadlock of virtual threads")
    void aDeadlockIsNamedAndTheInstanceRestarted() {
        ReentrantLock one = new ReentrantLock();
        ReentrantLock other = new ReentrantLock();
        CountDownLatch both = new CountDownLatch(2);
        manager.create(InstanceSpec.of(ACME, "notes"));
        Thread foreign = new Thread(() -> lock(one, other, both), "foreign");
        foreign.setDaemon(true);
        foreign.start();
        started.get(0).executor().execute(() -> lock(other, one, both));
        Fakes.await(() -> !Deadlocks.find().isEmpty());

        goUntil(State.FAILED);
        assertThat(info().reason()).contains("deadlock", "foreign");
        foreign.interrupt();
        goUntil(State.RUNNING);
    }

    /** Gives up when it is interrupted, so that the test leaves nothing. */
    private static void lock(ReentrantLock first, ReentrantLock second, CountDownLatch both) {
        first.lock();
        try {
            both.countDown();
            both.await();
            second.lockInterruptibly();
            second.unlock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            first.unlock();
        }
    }

    @Test
    void withoutTheDatabaseItAnswers503AndGoesOnByItself() {
        manager.create(InstanceSpec.of(ACME, "notes"));
        databaseTrouble = Optional.of("Connection refused.");
        health = () -> {
            throw new IllegalStateException("no database");
        };
        goUntil(State.DEGRADED);
        clock.advance(Duration.ofMinutes(10));
        rounds.checkHealth();

        assertThat(info().state()).isEqualTo(State.DEGRADED);
        assertThat(info().reason()).contains("Connection refused.");
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(503);
        assertThat(webserver.paths.get("/example.com/acme").paused).isEqualTo(1);
        assertThat(active()).containsExactly("platform/database-away");

        databaseTrouble = Optional.empty();
        health = Health::up;
        goUntil(State.RUNNING);
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(200);
        assertThat(started).hasSize(1);
        Fakes.await(() -> active().isEmpty());
    }

    @Test
    void noStartIsBlamedForADatabaseThatIsAway() {
        manager.create(InstanceSpec.of(ACME, "notes"));
        manager.stop(ACME);
        databaseTrouble = Optional.of("Connection refused.");
        rounds.askDatabase();
        assertThat(supervision.isDatabaseAway()).isFalse();
        rounds.askDatabase();
        assertThat(supervision.isDatabaseAway()).isTrue();
        onStart = failing("no database");
        for (int i = 0; i < 10; i++) {
            try {
                manager.start(ACME);
            } catch (RuntimeException e) {
                assertThat(e).hasMessageContaining("no database");
            }
        }
        assertThat(info().state()).isEqualTo(State.FAILED);

        databaseTrouble = Optional.empty();
        onStart = () -> {};
        goUntil(State.RUNNING);
    }
}
