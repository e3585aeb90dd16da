package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.MoveDoor;
import platform.backup.api.MovePlan;
import platform.backup.api.MoveRequest;
import platform.backup.api.MoveResult;
import platform.core.api.Departure;
import platform.core.api.InstanceId;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.api.DiskLevel;
import platform.db.api.SpareDatabases;
import platform.db.postgresql.TestPostgres;

/** Two platforms on one real database server, one of which hands an instance to the other by HTTP. */
@Timeout(300)
class MoveTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    Path folder;

    private final Databases databases = TestPostgres.databases();
    private final SpareDatabases spares = TestPostgres.spares();
    private final DatabaseSpec spec = TestPostgres.newDatabase();
    private final InstanceId there = InstanceId.parse("acme@far" + NUMBER.incrementAndGet() + ".example.org");
    private final TestClock clock = new TestClock("2026-11-27T08:00:00Z");
    private final FakeInstances nearInstances = new FakeInstances(databases, spares);
    private final FakeInstances farInstances = new FakeInstances(databases, spares);
    private MovesComponent near;
    private MovesComponent far;
    private HttpServer door;
    /** From this step on nobody hears an answer; the step itself is done. */
    private volatile String deafFrom = "";

    private volatile boolean deaf;

    @BeforeEach
    void start() throws IOException {
        near = start("near", nearInstances);
        far = start("far", farInstances);
        farInstances.created = clock.instant();
        nearInstances.add(ACME, spec.database(), Map.of("color", "red"));
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.setExecutor(Executors.newCachedThreadPool());
        door.createContext("/api/move/", this::serve);
        door.start();
        execute(
                "CREATE TABLE note (id int PRIMARY KEY, text text)",
                "INSERT INTO note SELECT i, 'text' FROM generate_series(1, 1000) i");
    }

    private MovesComponent start(String name, FakeInstances instances) throws IOException {
        Path data = folder.resolve(name);
        Files.createDirectories(data.resolve("secrets"));
        ArchiveBackups backups = new ArchiveBackups(
                Platforms.config(true, ""),
                data,
                new ManagerContent(
                        data, data.resolve("defaults"), "0.1.0", instances.instances(), instances.services()),
                Platforms.targets(data),
                instances.instances(),
                instances.services(),
                instances,
                databases,
                TestPostgres.dumps(),
                spares,
                () -> DiskLevel.OK,
                clock);
        return new MovesComponent(
                data,
                backups,
                instances.instances(),
                instances,
                databases,
                TestPostgres.changes(),
                Retry.never(),
                clock);
    }

    @AfterEach
    void stop() {
        near.close();
        far.close();
        door.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String step = exchange.getRequestURI().getPath().substring("/api/move/".length());
            if (deaf) {
                return;
            }
            String ticket =
                    exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
            MoveDoor.Answer answer = far.step(ticket, step, exchange.getRequestBody());
            if (step.equals(deafFrom)) {
                deaf = true;
                return;
            }
            byte[] json = answer.json().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), json.length);
            exchange.getResponseBody().write(json);
        }
    }

    private void execute(String... statements) {
        for (String sql : statements) {
            ask(spec, sql);
        }
    }

    private String ask(DatabaseSpec which, String sql) {
        try (Database database = databases.open(which);
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private MoveRequest request(String ticket) {
        return new MoveRequest(
                ACME.toString(),
                URI.create("http://127.0.0.1:" + door.getAddress().getPort()),
                ticket,
                Optional.empty());
    }

    private MoveRequest request() {
        return request(
                far.accept(Optional.of(there.toString()), Duration.ofHours(1)).ticket());
    }

    /** What was written until it was stopped, and only that, is there. */
    private void theOtherHasAll() {
        String all = "SELECT string_agg(id || ' ' || text, ',' ORDER BY id) FROM note";
        assertThat(ask(new DatabaseSpec(there.toString(), there.toString(), "password"), all))
                .isEqualTo(ask(spec, all));
    }

    private void itIsHereAlone() {
        assertThat(nearInstances.departures()).isEmpty();
        assertThat(farInstances.all).isEmpty();
        assertThat(databases.databases()).doesNotContain(there.toString());
    }

    @Test
    void anInstanceMovesWhileItIsWrittenTo() throws InterruptedException {
        Writer writer = new Writer();
        nearInstances.beforeDeparture = writer::end;
        writer.start();
        MoveRequest request = request();
        MovePlan plan = near.plan(request);
        assertThat(plan.as()).isEqualTo(there.toString());
        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.note()).isEmpty();
        Set<String> steps = new ConcurrentSkipListSet<>();
        MoveResult result = near.move(request, (step, done, total) -> steps.add(step));

        theOtherHasAll();
        assertThat(writer.written).isPositive();
        assertThat(result.rows()).isEqualTo(1000 + writer.written - writer.written / 2);
        assertThat(result.address()).isEqualTo(request.platform().resolve("/" + there.domain() + "/acme/"));
        assertThat(result.phases().keySet()).containsExactly("stop", "changes", "arrive", "redirect");
        assertThat(result.paused()).isLessThan(result.took());
        assertThat(steps).contains("restore", "stop", "arrive");
        assertThat(farInstances.all.get(there).settings()).containsEntry("color", "red");
        assertThat(nearInstances.departures().get(ACME).address()).contains(result.address());
        assertThatThrownBy(() -> near.move(request, BackupProgress.NONE)).hasMessageContaining("It was moved to");

        near.look();
        assertThat(nearInstances.all).hasSize(1);
        clock.pass(Duration.ofHours(25));
        near.look();
        assertThat(nearInstances.all).isEmpty();
    }

    /** Adds rows, changes others, and removes some of what it has added. */
    private final class Writer extends Thread {

        private volatile boolean ended;
        private volatile int written;

        @Override
        public void run() {
            while (!ended) {
                int id = 10_000 + written;
                execute(
                        "INSERT INTO note VALUES (" + id + ", 'new')",
                        "UPDATE note SET text = text || '!' WHERE id = " + (1 + written % 1000),
                        written % 2 == 0 ? "SELECT 1" : "DELETE FROM note WHERE id = " + (id - 1));
                written++;
            }
        }

        void end() {
            ended = true;
            try {
                join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void whatCannotBeFollowedIsStoppedForTheWholeCopy() {
        execute("SELECT lo_from_bytea(0, 'large')");
        assertThat(near.plan(request()).note()).isEqualTo("It has large objects.");
        near.move(request(), BackupProgress.NONE);
        theOtherHasAll();
    }

    @Test
    void onlyAGoodTicketOpensTheDoorAndOnlyOnce() {
        assertThatThrownBy(() -> near.move(request("nonsense"), BackupProgress.NONE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("does not know the ticket");
        MoveRequest late = request();
        clock.pass(Duration.ofHours(2));
        assertThatThrownBy(() -> near.plan(late)).hasMessageContaining("does not know the ticket");
        assertThatThrownBy(() -> near.plan(
                        new MoveRequest(ACME.toString(), URI.create("http://192.0.2.1:8080"), "x", Optional.empty())))
                .hasMessageContaining("without TLS");
        MoveRequest used = request();
        near.move(used, BackupProgress.NONE);
        nearInstances.stay(ACME);
        assertThatThrownBy(() -> near.move(used, BackupProgress.NONE)).hasMessageContaining("was used already");
        MoveRequest taken =
                request(far.accept(Optional.empty(), Duration.ofHours(1)).ticket());
        farInstances.add(ACME, "other", Map.of());
        assertThatThrownBy(() -> near.move(taken, BackupProgress.NONE)).hasMessageContaining("already an instance");
        assertThat(nearInstances.departures()).isEmpty();
    }

    /** The connection is cut after the step, for good. */
    @ParameterizedTest
    @ValueSource(strings = {"data/0", "end", "state"})
    void whatIsCutOffBeforeTheEndGoesOnHere(String step) throws IOException {
        deafFrom = step;
        assertThatThrownBy(() -> near.move(request(), BackupProgress.NONE))
                .hasMessageContaining("Moving acme@example.com to http://127.0.0.1:");
        assertThat(nearInstances.departures()).isEmpty();
        // The other platform is killed: the manager removes what is not complete.
        far.close();
        deaf = false;
        deafFrom = "";
        far = start("far", farInstances);
        assertThat(farInstances.all).isEmpty();
        near.look();
        assertThat(nearInstances.departures()).isEmpty();
    }

    @Test
    void whoseEndIsNotKnownIsStoppedUntilItIsKnown() throws Exception {
        deafFrom = "commit";
        assertThatThrownBy(() -> near.move(request(), BackupProgress.NONE))
                .hasMessageContaining("is not known")
                .hasMessageContaining("is stopped until it is known");
        assertThat(nearInstances.departures()).containsEntry(ACME, Departure.UNDECIDED);
        near.close();
        near = start("near", nearInstances);
        near.look();
        assertThat(nearInstances.departures()).containsEntry(ACME, Departure.UNDECIDED);
        assertThatThrownBy(() -> near.takeBack(ACME.toString(), false)).hasMessageContaining("Two of it must not run");
        while (farInstances.all.isEmpty()) {
            Thread.sleep(20);
        }
        far = start("far", farInstances);
        deaf = false;
        deafFrom = "";
        near.look();
        assertThat(nearInstances.departures().get(ACME).address()).isPresent();
        theOtherHasAll();
        near.takeBack(ACME.toString(), true);
        assertThat(nearInstances.departures()).isEmpty();
    }

    @Test
    void whatWasCutOffHereBeforeTheEndGoesOnHere() throws Exception {
        MoveRequest request = request();
        nearInstances.beforeDeparture = () -> {
            throw new IllegalThreadStateException("killed");
        };
        deafFrom = "abort";
        assertThatThrownBy(() -> near.move(request, BackupProgress.NONE)).hasMessageContaining("killed");
        nearInstances.departed.put(ACME, Departure.UNDECIDED);
        new MoveBook(folder.resolve("near/secrets/moves.json")).add(request);
        deaf = false;
        deafFrom = "";
        near = start("near", nearInstances);
        while (!nearInstances.departures().isEmpty()) {
            near.look();
            Thread.sleep(20);
        }
        itIsHereAlone();
        assertThat(new MoveBook(folder.resolve("near/secrets/moves.json")).all())
                .isEmpty();
    }
}
