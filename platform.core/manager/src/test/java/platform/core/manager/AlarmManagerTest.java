package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.api.Acknowledgement;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.PlatformException;
import platform.core.instance.Workers;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.postgresql.TestPostgres;

class AlarmManagerTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final Databases databases = TestPostgres.databases();
    private final Workers workers = new Workers();
    private final DatabaseSpec spec = TestPostgres.newDatabase();
    private final AtomicBoolean away = new AtomicBoolean();
    private Instant now = START;
    private Database database;
    private AlarmManager alarms;

    @BeforeEach
    void open() {
        database = databases.open(spec);
        database.migrate(Fakes.MIGRATIONS);
        alarms = newAlarms();
    }

    private AlarmManager newAlarms() {
        return new AlarmManager(new AlarmTables(source()), workers, new TestClock());
    }

    /** The database, unless it is away. */
    private DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (away.get()) {
                        throw new SQLException("it is away");
                    }
                    return method.invoke(database.dataSource(), arguments);
                });
    }

    @AfterEach
    void close() {
        alarms.close();
        workers.close();
        database.close();
    }

    private void restart() {
        alarms.close();
        alarms = newAlarms();
    }

    private void raise(String source, String code, AlarmSeverity severity) {
        alarms.raise(new AlarmSpec(source, code, severity, "Something is wrong", "platform:info"));
    }

    @Test
    void anAlarmThatIsRaisedAgainIsCountedAndShowsWhatIsNewer() {
        raise("webserver", "slow", AlarmSeverity.WARNING);
        now = now.plusSeconds(60);
        alarms.raise(new AlarmSpec("webserver", "slow", AlarmSeverity.CRITICAL, "It stands still", ""));

        assertThat(alarms.active()).singleElement().satisfies(alarm -> {
            assertThat(alarm.severity()).isEqualTo(AlarmSeverity.CRITICAL);
            assertThat(alarm.text()).isEqualTo("It stands still");
            assertThat(alarm.first()).isEqualTo(START);
            assertThat(alarm.last()).isEqualTo(now);
            assertThat(alarm.count()).isEqualTo(2);
            assertThat(alarm.cleared()).isEmpty();
        });
    }

    @Test
    void theWorstIsFirst() {
        raise("platform", "a", AlarmSeverity.WARNING);
        raise("platform", "b", AlarmSeverity.CRITICAL);
        now = now.plusSeconds(60);
        raise("platform", "c", AlarmSeverity.WARNING);
        assertThat(alarms.active()).extracting(AlarmInfo::code).containsExactly("b", "c", "a");
    }

    @Test
    void aClearedAlarmIsInTheHistoryAndANewOneBeginsAnew() {
        raise("platform", "disk-full", AlarmSeverity.MAJOR);
        raise("platform", "disk-full", AlarmSeverity.MAJOR);
        assertThat(alarms.clear("platform", "disk-full")).isTrue();
        assertThat(alarms.clear("platform", "disk-full")).isFalse();
        raise("platform", "disk-full", AlarmSeverity.MAJOR);
        restart();

        assertThat(alarms.active()).extracting(AlarmInfo::count).containsExactly(1L);
        assertThat(alarms.history(10))
                .extracting(AlarmInfo::id, AlarmInfo::count, it -> it.cleared().orElseThrow())
                .containsExactly(tuple("platform/disk-full", 2L, START));
    }

    @Test
    void allThatIsKnownOutlivesARestart() {
        raise("acme@example.com", "quota", AlarmSeverity.MINOR);
        raise("platform", "b", AlarmSeverity.CRITICAL);
        alarms.clear("platform", "b");
        List<AlarmInfo> active = alarms.active();
        List<AlarmInfo> history = alarms.history(10);
        restart();
        assertThat(alarms.active()).isEqualTo(active).hasSize(1);
        assertThat(alarms.history(10)).isEqualTo(history).hasSize(1);
    }

    @Test
    void whileTheDatabaseIsAwayAlarmsAreKeptAndWrittenLater() throws SQLException {
        away.set(true);
        raise("platform", "database-away", AlarmSeverity.CRITICAL);
        raise("platform", "b", AlarmSeverity.WARNING);
        alarms.clear("platform", "b");
        alarms.write();
        assertThat(alarms.active()).extracting(AlarmInfo::code).containsExactly("database-away");
        assertThat(alarms.history(10)).extracting(AlarmInfo::code).containsExactly("b");

        away.set(false);
        assertThat(new AlarmTables(source()).read()).isEmpty();
        alarms.write();
        assertThat(new AlarmTables(source()).read()).hasSize(2);
    }

    @Test
    void whatIsRaisedBeforeThereIsADatabaseIsTheSameAlarmAsBefore() throws SQLException {
        raise("platform", "a", AlarmSeverity.MINOR);
        alarms.close();
        now = now.plusSeconds(60);
        alarms = new AlarmManager(workers, new TestClock());
        raise("platform", "a", AlarmSeverity.MAJOR);
        raise("platform", "b", AlarmSeverity.CRITICAL);
        assertThat(alarms.active()).extracting(AlarmInfo::code).containsExactly("b", "a");

        alarms.use(new AlarmTables(source()));

        assertThat(alarms.active()).last().satisfies(alarm -> {
            assertThat(alarm.first()).isEqualTo(START);
            assertThat(alarm.count()).isEqualTo(2);
            assertThat(alarm.severity()).isEqualTo(AlarmSeverity.MAJOR);
        });
        assertThat(new AlarmTables(source()).read()).hasSize(2);
    }

    @Test
    void whatChangesWhileItIsWrittenIsWrittenAgain() throws SQLException {
        AlarmBook book = new AlarmBook(new TestClock(), List.of());
        AlarmTables tables = new AlarmTables(source());
        book.raise(new AlarmSpec("platform", "a", AlarmSeverity.MAJOR, "First", ""));
        List<AlarmInfo> failed = book.unwritten();
        book.raise(new AlarmSpec("platform", "a", AlarmSeverity.MAJOR, "Second", ""));
        book.written(failed);
        assertThat(book.unwritten()).extracting(AlarmInfo::text).containsExactly("Second");
        tables.write(book.unwritten(), Instant.EPOCH, AlarmRetention.ROWS);
        book.written(book.unwritten());
        assertThat(book.unwritten()).isEmpty();
        assertThat(tables.read()).isEqualTo(book.active());
    }

    @Test
    void theHistoryIsBoundedInMemoryAndInTheDatabase() throws SQLException {
        for (int i = 0; i < AlarmRetention.ROWS + 20; i++) {
            now = now.plusSeconds(1);
            raise("platform", "a" + i, AlarmSeverity.WARNING);
            alarms.clear("platform", "a" + i);
        }
        assertThat(alarms.history(Integer.MAX_VALUE)).hasSize(AlarmRetention.ROWS);
        alarms.write();
        List<AlarmInfo> kept = new AlarmTables(source()).read();
        assertThat(kept).isEqualTo(alarms.history(Integer.MAX_VALUE));
    }

    @Test
    void whatIsOverForLongIsForgotten() throws SQLException {
        raise("platform", "old", AlarmSeverity.WARNING);
        alarms.clear("platform", "old");
        alarms.write();
        now = now.plus(Duration.ofDays(91));
        assertThat(alarms.history(10)).isEmpty();
        raise("platform", "new", AlarmSeverity.WARNING);
        alarms.write();
        assertThat(new AlarmTables(source()).read()).extracting(AlarmInfo::code).containsExactly("new");
    }

    @Test
    void anAcknowledgementHoldsUntilTheAlarmGetsWorse() {
        raise("platform", "slow", AlarmSeverity.MINOR);
        assertThat(alarms.acknowledge("platform", "slow", "alice")).isTrue();
        assertThat(alarms.acknowledge("platform", "gone", "alice")).isFalse();
        raise("platform", "slow", AlarmSeverity.MINOR);
        restart();
        assertThat(alarms.active().get(0).acknowledged()).contains(new Acknowledgement(START, "alice"));
        raise("platform", "slow", AlarmSeverity.MAJOR);
        assertThat(alarms.active().get(0).acknowledged()).isEmpty();
    }

    @Test
    void causeAndFixAreKeptWordByWord() {
        List<String> fix = List.of("app:info", "a name with spaces", "'quoted'");
        alarms.raise(new AlarmSpec("platform", "a", AlarmSeverity.MINOR, "Something is wrong", "Someone did it.", fix));
        restart();
        assertThat(alarms.active()).singleElement().satisfies(alarm -> {
            assertThat(alarm.cause()).isEqualTo("Someone did it.");
            assertThat(alarm.fix()).isEqualTo(fix);
        });
    }

    @Test
    void aSourceCannotFillTheMemory() {
        IntStream.range(0, 150).forEach(i -> raise("acme@example.com", "a" + i, AlarmSeverity.WARNING));
        raise("platform", "b", AlarmSeverity.WARNING);
        assertThat(alarms.active()).hasSize(101);
        alarms.clearAll("acme@example.com");
        assertThat(alarms.active()).extracting(AlarmInfo::source).containsExactly("platform");
    }

    @Test
    void aTextThatTheDatabaseCannotKeepIsKeptWithoutThat() {
        alarms.raise(new AlarmSpec("platform", "a", AlarmSeverity.WARNING, "a\0b", "x".repeat(5000)));
        restart();
        assertThat(alarms.active()).singleElement().satisfies(alarm -> {
            assertThat(alarm.text()).isEqualTo("a\uFFFDb");
            assertThat(alarm.fix()).isEmpty();
        });
    }

    @Test
    void listenersHearWhatIsNewsInItsOrder() {
        List<String> heard = new ArrayList<>();
        alarms.listeners = List.of(
                alarm -> {
                    throw new IllegalStateException("A listener that fails harms nobody");
                },
                alarm -> heard.add(alarm.severity() + (alarm.cleared().isPresent() ? " over" : "")));
        raise("platform", "a", AlarmSeverity.MINOR);
        raise("platform", "a", AlarmSeverity.MINOR);
        raise("platform", "a", AlarmSeverity.MAJOR);
        alarms.clear("platform", "a");
        alarms.clear("platform", "a");
        assertThat(heard).containsExactly("MINOR", "MAJOR", "MAJOR over");
    }

    @Test
    void sourceAndCodeHaveAForm() {
        assertThatThrownBy(() -> raise("Web server", "a", AlarmSeverity.WARNING))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("short name in lower case");
        assertThatThrownBy(() -> raise("platform", "a/b", AlarmSeverity.WARNING))
                .hasMessageContaining("1 to 128 letters");
    }

    /** Shows the time that the test set. */
    private final class TestClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
