package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.api.AppInstance;
import platform.core.api.InstanceId;
import platform.core.api.InstanceSpec;
import platform.core.api.MetricFamily;
import platform.core.api.MetricPoint;
import platform.core.api.MetricSeries;
import platform.core.api.PlatformException;
import platform.core.instance.Workers;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseStatus;
import platform.db.api.DiskLevel;
import platform.db.api.DiskStatus;
import platform.db.api.LockWait;
import platform.db.api.TableStatus;
import platform.db.postgresql.TestPostgres;
import platform.webserver.api.Latencies;
import platform.webserver.api.RequestStatistics;

/** What is measured and kept, on a real manager's database. */
class MetricWatchTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");
    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
    private static final DiskStatus DISK = new DiskStatus(DiskLevel.OK, 1000, 400, 0, 0, 0, 0, 0);

    @TempDir
    Path data;

    private final Workers workers = new Workers();
    private final Fakes.FakeWebserver webserver = new Fakes.FakeWebserver();
    private final Fakes.FakeClock clock = new Fakes.FakeClock(NOW);
    private final Statistics statistics = new Statistics();
    private Database database;
    private ManagerTables tables;
    private AlarmManager alarms;
    private InstanceManager manager;
    private MetricWatch watch;

    @BeforeEach
    void start() throws IOException {
        database = TestPostgres.databases().open(TestPostgres.newDatabase());
        database.migrate(Fakes.MIGRATIONS);
        Files.createDirectories(data.resolve("secrets"));
        Fakes.jar(Files.createDirectories(data.resolve("apps")).resolve("notes.jar"), "notes", "1.0.0");
        tables = new ManagerTables(database.dataSource(), new Seal(new Secrets(data.resolve("secrets"))));
        alarms = new AlarmManager(new AlarmTables(database.dataSource()), workers, clock);
        manager = new InstanceManager(
                new PlatformFolders(data),
                tables,
                TestPostgres.servers(),
                TestPostgres.quotas(),
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
        manager.create(InstanceSpec.of(ACME, "notes"));
        watch = new MetricWatch(tables, manager, webserver, statistics, () -> DISK, workers, clock);
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

    /** Ten seconds pass in which so many requests are answered, each in 2 ms. */
    private void look(int requests) {
        clock.advance(Duration.ofSeconds(10));
        long[] counts = new long[Latencies.BUCKETS];
        counts[Latencies.bucketOf(2_000_000)] = path().requests.requests() + requests;
        Latencies latencies = new Latencies(counts, 0);
        path().requests = new RequestStatistics(1, latencies.count(), 0, 0, 0, Duration.ZERO, latencies);
        watch.look();
    }

    private Fakes.FakePath path() {
        return webserver.paths.values().iterator().next();
    }

    /** The system counts the processor's time in ticks of 10 ms. */
    private static void compute() {
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
                + Duration.ofMillis(50).toNanos();
        while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void tellsWhatAnInstanceDoesAndThePlatformWithIt() {
        compute();
        look(50);

        List<MetricPoint> latest = watch.latest();
        MetricPoint acme = latest.get(1);
        assertThat(acme.instance()).contains(ACME);
        assertThat(acme.value(MetricSeries.REQUESTS)).isPositive();
        assertThat(acme.value(MetricSeries.LATENCY_P99)).isBetween(0.0017, 0.0025);
        assertThat(acme.value(MetricSeries.SOCKETS)).isEqualTo(3);
        assertThat(acme.value(MetricSeries.DATABASE_SIZE)).isEqualTo(7000);
        MetricPoint platform = latest.get(0);
        assertThat(platform.instance()).isEmpty();
        assertThat(platform.value(MetricSeries.REQUESTS)).isEqualTo(acme.value(MetricSeries.REQUESTS));
        assertThat(platform.value(MetricSeries.DISK)).isEqualTo(600);
        assertThat(platform.value(MetricSeries.HEAP)).isPositive();
        assertThat(platform.value(MetricSeries.CPU)).isPositive();
    }

    @Test
    void keepsEveryTenSecondsOfAnHourAndEveryMinuteOfADay() {
        for (int i = 0; i < 13; i++) {
            look(i);
        }

        List<MetricPoint> fine =
                watch.history(Optional.of(ACME), clock.instant().minus(Duration.ofMinutes(50)));
        assertThat(fine).hasSize(12).extracting(MetricPoint::at).isSorted();
        assertThat(fine.get(0).at()).isEqualTo(NOW);
        List<MetricPoint> coarse =
                watch.history(Optional.empty(), clock.instant().minus(Duration.ofHours(20)));
        assertThat(coarse).extracting(MetricPoint::at).containsExactly(NOW, NOW.plusSeconds(60));
        assertThat(coarse.get(0).values()).containsKey(MetricSeries.MEMORY);
    }

    @Test
    void itsSpaceIsFixed() {
        MetricRing minute = new MetricRing(Duration.ofSeconds(10), Duration.ofMinutes(1));
        MetricTables written = new MetricTables(tables);
        for (int i = 0; i < 10; i++) {
            written.write(
                    minute,
                    new MetricSample(
                            NOW.plusSeconds(10 * i), MetricSample.unknown(MetricSample.OF_PLATFORM), Map.of()));
        }

        assertThat(written.read(minute, Optional.empty(), NOW))
                .extracting(MetricPoint::at)
                .first()
                .isEqualTo(NOW.plusSeconds(40));
        assertThat(written.read(minute, Optional.empty(), NOW)).hasSize(6);
    }

    @Test
    void aStopKeepsWhatIsNotComplete() {
        look(1);
        look(1);

        watch.close();

        Instant since = clock.instant().minus(Duration.ofDays(20));
        assertThat(watch.history(Optional.of(ACME), since)).hasSize(1);
    }

    @Test
    void whatIsKeptGoesWithTheInstance() {
        look(1);
        look(1);
        manager.delete(ACME);

        assertThatThrownBy(() -> watch.history(Optional.of(ACME), NOW)).isInstanceOf(PlatformException.class);
        watch.look();
        assertThat(watch.latest()).hasSize(1);
    }

    @Test
    void goesOnWithoutTheDatabaseServer() {
        statistics.away = true;

        look(1);

        assertThat(watch.latest().get(1).values()).doesNotContainKey(MetricSeries.DATABASE_SIZE);
    }

    @Test
    void monitoringSystemsGetTheCountersOfEachInstance() {
        look(50);

        List<MetricFamily> families = watch.families();

        assertThat(families).extracting(MetricFamily::name).doesNotHaveDuplicates();
        MetricFamily requests = families.stream()
                .filter(it -> it.name().equals("platform_instance_http_requests"))
                .findFirst()
                .orElseThrow();
        assertThat(requests.type()).isEqualTo(MetricFamily.Type.COUNTER);
        assertThat(requests.values()).singleElement().satisfies(value -> {
            assertThat(value.labels())
                    .containsEntry("instance_id", "acme@example.com")
                    .containsEntry("app", "notes");
            assertThat(value.value()).isEqualTo(50);
        });
    }

    /** One database of 7000 bytes. */
    private static final class Statistics implements DatabaseStatistics {

        volatile boolean away;

        @Override
        public List<DatabaseStatus> databases() {
            if (away) {
                throw new DatabaseException("as asked");
            }
            return List.of(new DatabaseStatus(
                    "example.com_acme",
                    "embedded",
                    "example.com_acme",
                    7000,
                    2,
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    0,
                    0));
        }

        @Override
        public Map<String, String> away() {
            return Map.of();
        }

        @Override
        public Optional<DatabaseStatus> database(String database) {
            return Optional.empty();
        }

        @Override
        public List<TableStatus> tables(String database) {
            return List.of();
        }

        @Override
        public List<LockWait> lockWaits(String database) {
            return List.of();
        }
    }
}
