package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AppInstance;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceSpec;
import platform.core.api.PlatformException;
import platform.core.api.QuotaChange;
import platform.core.api.QuotaInfo;
import platform.core.api.QuotaKind;
import platform.core.api.RenameRequest;
import platform.core.instance.Workers;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.Quota;
import platform.db.api.QuotaState;
import platform.db.api.QuotaUse;
import platform.db.api.Quotas;
import platform.db.postgresql.TestPostgres;
import platform.tracing.api.LogUse;
import platform.webserver.api.Latencies;
import platform.webserver.api.PathLimits;
import platform.webserver.api.RequestStatistics;

/** Whose limits hold, on a real manager's database; the quotas themselves are only noted. */
class QuotaWatchTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");
    private static final String DATABASE = "example.com_acme";
    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
    private static final long MB = 1_000_000;
    private static final QuotaState CLOSED = new QuotaState(DATABASE, 21 * MB, true);

    @TempDir
    Path data;

    private final Workers workers = new Workers();
    private final Fakes.FakeWebserver webserver = new Fakes.FakeWebserver();
    private final NotedQuotas noted = new NotedQuotas();
    private final Fakes.FakeTracing tracing = new Fakes.FakeTracing();
    private final Config config = new Config();
    private Database database;
    private AlarmManager alarms;
    private InstanceManager manager;
    private QuotaWatch watch;

    @BeforeEach
    void start() throws IOException {
        database = TestPostgres.databases().open(TestPostgres.newDatabase());
        database.migrate(Fakes.MIGRATIONS);
        Files.createDirectories(data.resolve("secrets"));
        Fakes.jar(Files.createDirectories(data.resolve("apps")).resolve("notes.jar"), "notes", "1.0.0");
        startManager();
        manager.create(InstanceSpec.of(ACME, "notes"));
        startWatch();
    }

    private void startManager() {
        alarms = new AlarmManager(new AlarmTables(database.dataSource()), workers, Clock.fixed(NOW, ZoneOffset.UTC));
        manager = new InstanceManager(
                new PlatformFolders(data),
                new ManagerTables(database.dataSource(), new Seal(new Secrets(data.resolve("secrets")))),
                TestPostgres.servers(),
                noted,
                webserver,
                new AppServices(
                        data.resolve("apps"),
                        new Fakes.FakeTracing(),
                        Fakes.supervision(workers),
                        Clock.systemUTC(),
                        file -> new Fakes.FakeHost(file, context -> new AppInstance() {
                            @Override
                            public void close() {
                                // Nothing is open.
                            }
                        })),
                workers,
                Fakes.supervision(workers),
                alarms,
                (id, operation, step) -> {},
                Clock.systemUTC());
        manager.run();
    }

    /** Its own first look is over, so that it does not come between two of a test's. */
    private void startWatch() {
        int looks = noted.looks.get();
        watch = new QuotaWatch(manager, alarms, workers, tracing, config);
        Fakes.await(() -> noted.looks.get() > looks);
    }

    @AfterEach
    void stop() {
        watch.close();
        manager.list().forEach(it -> manager.delete(it.id()));
        manager.close();
        alarms.close();
        workers.close();
        database.close();
    }

    private static QuotaChange limit(QuotaKind kind, Long limit) {
        return new QuotaChange(Map.of(kind, Optional.ofNullable(limit)), Set.of());
    }

    private QuotaInfo info(QuotaKind kind) {
        return watch.of(manager.list().get(0).id()).stream()
                .filter(it -> it.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNewInstanceHasThePlatformsQuotas() {
        Quota quota = noted.applied.get(DATABASE);
        assertThat(quota.connections()).contains(5);
        assertThat(quota.statementTime()).contains(Duration.ofMinutes(15));
        assertThat(quota.idleInTransaction()).contains(Duration.ofMinutes(5));
        assertThat(quota.temporaryBytes()).contains(1000 * MB);
        assertThat(quota.softBytes()).isEmpty();
        assertThat(quota.hardBytes()).isEmpty();
        assertThat(watch.of(ACME))
                .contains(
                        new QuotaInfo(QuotaKind.CONNECTIONS, 3, Optional.of(5L), false),
                        new QuotaInfo(QuotaKind.STATEMENT_TIME, 2000, Optional.of(900_000L), false),
                        new QuotaInfo(QuotaKind.SIZE_HARD, 8 * MB, Optional.empty(), false));
    }

    @Test
    void aChangeHoldsAtOnceAndOverARestartAndARenaming() {
        watch.change(ACME, limit(QuotaKind.SIZE_HARD, 20 * MB));
        watch.change(ACME, limit(QuotaKind.STATEMENT_TIME, null));
        assertThat(noted.applied.get(DATABASE).hardBytes()).contains(20 * MB);
        assertThat(noted.applied.get(DATABASE).statementTime()).isEmpty();
        assertThat(info(QuotaKind.SIZE_HARD)).extracting(QuotaInfo::own).isEqualTo(true);

        InstanceRenaming renaming = new InstanceRenaming(
                new PlatformFolders(data), manager, webserver, workers, (id, operation, step) -> {}, () -> {});
        renaming.apply(
                renaming.plan(new RenameRequest(RenameRequest.Kind.DOMAIN, "example.com", "example.org")), it -> {});
        assertThat(info(QuotaKind.SIZE_HARD).limit()).contains(20 * MB);

        watch.close();
        manager.close();
        noted.applied.clear();
        startManager();
        startWatch();
        assertThat(noted.applied.get(DATABASE).hardBytes()).contains(20 * MB);
        assertThat(noted.applied.get(DATABASE).statementTime()).isEmpty();

        InstanceId renamed = manager.list().get(0).id();
        watch.change(renamed, new QuotaChange(Map.of(), Set.of(QuotaKind.STATEMENT_TIME)));
        assertThat(noted.applied.get(DATABASE).statementTime()).contains(Duration.ofMinutes(15));
    }

    @Test
    void theQuotasOfADeletedInstanceGoWithIt() {
        watch.change(ACME, limit(QuotaKind.SIZE_HARD, 20 * MB));
        manager.delete(ACME);
        manager.create(InstanceSpec.of(ACME, "notes"));
        assertThat(noted.applied.get(DATABASE).hardBytes()).isEmpty();
        assertThat(info(QuotaKind.SIZE_HARD).limit()).isEmpty();
    }

    @Test
    void thePlatformsQuotasComeFromTheConfiguration() {
        config.connections = "none";
        config.sizeSoft = "2 GB";
        config.statementTime = "soon";
        config.temp = "1KB";
        watch.close();
        watch.change(ACME, limit(QuotaKind.SIZE_HARD, 20 * MB));
        startWatch();
        Quota quota = noted.applied.get(DATABASE);
        assertThat(quota.connections()).isEmpty();
        assertThat(quota.softBytes()).contains(2000 * MB);
        assertThat(quota.hardBytes()).as("its own").contains(20 * MB);
        assertThat(quota.statementTime()).as("what is no time is left out").contains(Duration.ofMinutes(15));
        assertThat(quota.temporaryBytes()).as("what is too little is left out").contains(1000 * MB);
    }

    @Test
    void quotasThatCannotBePutIntoForceAtTheStartAreSoLater() {
        watch.close();
        noted.applied.clear();
        noted.failing = true;
        startWatch();
        assertThat(noted.applied).isEmpty();
        noted.failing = false;
        watch.check();
        assertThat(noted.applied).containsKey(DATABASE);
    }

    @Test
    void whatCannotBeALimitIsRefused() {
        assertThatThrownBy(() -> watch.change(ACME, limit(QuotaKind.SIZE_HARD, 5 * MB)))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("10 MB or more");
        assertThatThrownBy(() -> watch.change(ACME, limit(QuotaKind.CONNECTIONS, 0L)))
                .isInstanceOf(PlatformException.class);
        assertThatThrownBy(() -> watch.change(ACME, limit(QuotaKind.STATEMENT_TIME, 1L)))
                .isInstanceOf(PlatformException.class);
        assertThatThrownBy(() -> watch.of(InstanceId.parse("nobody@example.com")))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("nobody@example.com");
    }

    @Test
    void aSoftLimitThatCouldNotWarnIsRefused() {
        watch.change(ACME, limit(QuotaKind.SIZE_SOFT, 30 * MB));
        assertThatThrownBy(() -> watch.change(ACME, limit(QuotaKind.SIZE_HARD, 20 * MB)))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("30.0 MB, is not below the hard one, 20.0 MB");
        assertThat(info(QuotaKind.SIZE_HARD).limit()).isEmpty();

        watch.change(
                ACME, new QuotaChange(Map.of(QuotaKind.SIZE_HARD, Optional.of(20 * MB)), Set.of(QuotaKind.SIZE_SOFT)));
        assertThat(info(QuotaKind.SIZE_HARD).limit()).contains(20 * MB);
    }

    @Test
    void aNewInstanceHasThePlatformsLimitsAndCanGetItsOwn() {
        assertThat(webserver.paths.get("/example.com/acme").limits).isEqualTo(new PathLimits(192, Long.MAX_VALUE));

        watch.change(
                ACME,
                new QuotaChange(
                        Map.of(
                                QuotaKind.REQUESTS, Optional.of(7L),
                                QuotaKind.SOCKETS, Optional.of(8L),
                                QuotaKind.LOG, Optional.of(5 * MB)),
                        Set.of()));
        manager.edit(ACME, InstanceChange.NONE.withPath("/other"));

        assertThat(webserver.paths.get("/other").limits).isEqualTo(new PathLimits(7, 8));
        assertThat(tracing.limits).containsEntry("acme@example.com", 5 * MB);
        assertThat(info(QuotaKind.SOCKETS)).isEqualTo(new QuotaInfo(QuotaKind.SOCKETS, 3, Optional.of(8L), true));
    }

    @Test
    void whatIsRefusedIsAnAlarmUntilNothingIsAnyMore() {
        watch.check();
        tracing.use = new LogUse(5 * MB, 12);
        webserver.paths.get("/example.com/acme").requests =
                new RequestStatistics(0, 0, 0, 0, 3, Duration.ZERO, Latencies.none());
        watch.check();

        assertThat(alarms.active())
                .extracting(AlarmInfo::id)
                .containsExactlyInAnyOrder("acme@example.com/requests-limit", "acme@example.com/log-limit");
        assertThat(alarms.active()).allSatisfy(alarm -> {
            assertThat(alarm.cause()).contains("limit");
            assertThat(alarm.fix()).containsExactly("instance:limit", "acme@example.com");
        });

        watch.check();
        assertThat(alarms.active()).isEmpty();
    }

    @Test
    void anAppMayPrintAsMuchAsAnInstanceMayLog() {
        watch.change(ACME, limit(QuotaKind.LOG, 5 * MB));
        watch.check();
        assertThat(tracing.limits).containsEntry("notes", 5 * MB);

        tracing.useOfApps = new LogUse(5 * MB, 12);
        watch.check();
        assertThat(alarms.active()).singleElement().satisfies(alarm -> {
            assertThat(alarm.id()).isEqualTo("app.notes/log-limit");
            assertThat(alarm.text()).contains("12 lines");
        });

        watch.check();
        assertThat(alarms.active()).isEmpty();
    }

    @Test
    void anInstanceThatIsGoneIsForgotten() {
        watch.check();
        manager.delete(ACME);
        watch.check();

        assertThat(tracing.limits).isEmpty();
    }

    @Test
    void alarmsAreRaisedAndAreOverByThemselves() {
        watch.change(
                ACME,
                new QuotaChange(
                        Map.of(QuotaKind.SIZE_SOFT, Optional.of(10 * MB), QuotaKind.SIZE_HARD, Optional.of(20 * MB)),
                        Set.of()));
        look(9 * MB, false);
        assertThat(alarms.active()).isEmpty();

        look(11 * MB, false);
        look(11 * MB, false);
        assertThat(alarms.active()).singleElement().satisfies(alarm -> {
            assertThat(alarm.id()).isEqualTo("acme@example.com/database-size");
            assertThat(alarm.severity()).isEqualTo(AlarmSeverity.WARNING);
            assertThat(alarm.text()).isEqualTo("Its database takes 11.0 MB; its soft limit is 10.0 MB.");
            assertThat(String.join(" ", alarm.fix())).isEqualTo("db:info acme@example.com --tables");
            assertThat(alarm.first()).isEqualTo(NOW);
            assertThat(alarm.count()).isEqualTo(1);
        });

        assertThat(watch.isClosed(ACME)).isFalse();
        look(21 * MB, true);
        assertThat(watch.isClosed(ACME)).isTrue();
        assertThat(alarms.active()).extracting(AlarmInfo::code).containsExactly("database-full", "database-size");
        assertThat(alarms.active().get(0).severity()).isEqualTo(AlarmSeverity.MAJOR);
        assertThat(alarms.active().get(0).text()).contains("21.0 MB").contains("20.0 MB");

        look(19 * MB, false);
        assertThat(alarms.active()).extracting(AlarmInfo::code).containsExactly("database-size");
        noted.failing = true;
        watch.check();
        assertThat(alarms.active()).as("nobody knows").hasSize(1);
        noted.failing = false;
        watch.change(ACME, limit(QuotaKind.SIZE_SOFT, null));
        watch.check();
        assertThat(alarms.active()).isEmpty();
    }

    @Test
    void alarmsOfAServerThatIsAwayStay() {
        watch.change(ACME, limit(QuotaKind.SIZE_HARD, 20 * MB));
        look(21 * MB, true);

        noted.states = List.of();
        watch.check();
        assertThat(alarms.active()).extracting(AlarmInfo::code).containsExactly("database-full");

        watch.change(ACME, limit(QuotaKind.SIZE_HARD, null));
        watch.check();
        assertThat(alarms.active()).as("without a limit").isEmpty();
    }

    private void look(long bytes, boolean closed) {
        noted.states = List.of(new QuotaState(DATABASE, bytes, closed), new QuotaState("another", 1, true));
        watch.check();
    }

    /** Quotas that are kept by nobody. */
    private static final class NotedQuotas implements Quotas {

        private final Map<String, Quota> applied = new ConcurrentHashMap<>();
        private volatile List<QuotaState> states = new ArrayList<>();
        private final AtomicInteger looks = new AtomicInteger();
        private volatile boolean failing;

        @Override
        public void apply(Map<String, Quota> quotas) {
            mustAnswer();
            applied.putAll(quotas);
        }

        @Override
        public QuotaUse use(String database) {
            return new QuotaUse(3, Duration.ofSeconds(2), Duration.ZERO, 0, 8 * MB, states.contains(CLOSED));
        }

        @Override
        public List<QuotaState> check() {
            looks.incrementAndGet();
            mustAnswer();
            return states;
        }

        private void mustAnswer() {
            if (failing) {
                throw new DatabaseException("The server is away");
            }
        }
    }

    /** The settings, as they are by default. */
    private static final class Config implements QuotaConfig {

        private String connections = "5";
        private String statementTime = "15m";
        private String temp = "1GB";
        private String sizeSoft = "none";

        @Override
        public String quota_connections() {
            return connections;
        }

        @Override
        public String quota_statement_time() {
            return statementTime;
        }

        @Override
        public String quota_idle_in_transaction() {
            return "5m";
        }

        @Override
        public String quota_temp() {
            return temp;
        }

        @Override
        public String quota_size_soft() {
            return sizeSoft;
        }

        @Override
        public String quota_size_hard() {
            return "none";
        }

        @Override
        public String limit_requests() {
            return "192";
        }

        @Override
        public String limit_sockets() {
            return "none";
        }

        @Override
        public String limit_tasks() {
            return "100000";
        }

        @Override
        public String limit_log() {
            return "1GB";
        }

        @Override
        public int quota_period() {
            return 3600;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return QuotaConfig.class;
        }
    }
}
