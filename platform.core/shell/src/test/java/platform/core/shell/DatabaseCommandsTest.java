package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.api.QuotaKind;
import platform.db.api.SqlResult;

/** The commands for databases, without a terminal, as a script would call them. */
class DatabaseCommandsTest {

    private static final String ID = "acme@example.com";

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();

    @BeforeEach
    void makeInstances() {
        gogo.instances.with(ID, "files").with("full@example.com", "files");
    }

    @AfterEach
    void close() {
        gogo.close();
    }

    private int run(String... command) {
        out.reset();
        err.reset();
        try (ShellSession session =
                new ShellSession(gogo.processor, () -> FakeGogo.ROOT, new SessionStreams(in, out, err), null, false)) {
            return session.call(List.of(command));
        }
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private JsonElement json() {
        return JsonParser.parseString(out());
    }

    @Test
    void serversAreListedWithWhatIsOnThem() {
        assertThat(run("instance:create", "far@example.com", "--app", "files", "--server", "pg1"))
                .isZero();
        assertThat(run("db:servers")).isZero();
        assertThat(out())
                .contains("embedded (default)  embedded  127.0.0.1:40000")
                .contains("Connection refused");
        assertThat(run("db:servers", "-o", "json")).isZero();
        JsonObject far = json().getAsJsonArray().get(1).getAsJsonObject();
        assertThat(far.get("instances").getAsInt()).isEqualTo(1);
        assertThat(far.get("problem").getAsString()).isEqualTo("Connection refused");
        assertThat(run("instance:info", "far@example.com")).isZero();
        assertThat(out()).containsPattern("Server +pg1");
    }

    @Test
    void aServerIsAddedWithItsLoginAndForgotten(@TempDir Path folder) throws Exception {
        assertThat(run("db:server", "add", "pg1", "--host", "pg1.example.com", "--password", "sesame"))
                .isEqualTo(2);
        assertThat(err()).contains("add needs --host and --user");
        String[] command = {"db:server", "add", "pg1", "--host", "pg1.example.com", "--user", "adm", "--password"};
        assertThat(run(with(command, "guess"))).isEqualTo(1);
        assertThat(err()).contains("Cannot log in to the database server 'pg1'.");
        Path authorities = Files.writeString(folder.resolve("ca.pem"), "PEM");
        assertThat(run(with(command, "sesame", "--ca", authorities.toString()))).isZero();
        assertThat(out()).contains("instance:create ... --server pg1").doesNotContain("sesame");
        assertThat(gogo.registry.put.authorities()).contains("PEM");
        assertThat(gogo.registry.put.port()).isEqualTo(5432);

        assertThat(run("db:server", "remove", "pg1", "--host", "x")).isEqualTo(2);
        assertThat(run("db:server", "remove", "pg2")).isEqualTo(1);
        assertThat(run("db:server", "remove", "pg1")).isZero();
        assertThat(run("db:server", "move", "pg1")).isEqualTo(2);
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aDatabaseIsMovedWhenThatIsMeant() {
        assertThat(run("instance:move-database", ID, "pg1")).isNotZero();
        assertThat(err()).contains("Give --yes if that is meant");
        assertThat(run("instance:move-database", ID, "pg1", "--yes")).isZero();
        assertThat(out())
                .contains(ID + ": comparing")
                .contains("Moved the database of " + ID + " from embedded to pg1: 7 rows");
    }

    @Test
    void databasesAreListedWithTheirInstances() {
        assertThat(run("db:list")).isZero();
        assertThat(out())
                .contains(
                        "example.com_acme  acme@example.com  embedded  7.5 MB  2            99.1 %     1.5 s        1\n")
                .containsPattern("manager +embedded +8.0 MB")
                .containsPattern("manager +pg2 +9.0 MB");
        assertThat(err())
                .contains("The database server 'pg1' is away; what is on it is not listed: Connection refused");
        assertThat(run("db:list", "-o", "json")).isZero();
        JsonObject first = json().getAsJsonArray().get(0).getAsJsonObject();
        assertThat(first.get("instance").getAsString()).isEqualTo(ID);
        assertThat(first.get("server").getAsString()).isEqualTo("embedded");
        assertThat(first.get("bytes").getAsLong()).isEqualTo(7_500_000);
        assertThat(first.get("longestTransaction").getAsString()).isEqualTo("PT1.5S");
    }

    @Test
    void aDatabaseIsShownWithItsTables() {
        assertThat(run("db:info", ID)).isZero();
        assertThat(out())
                .containsPattern("Server +embedded")
                .contains("2, 5.0 MB, of which indexes 1.0 MB")
                .contains("about 0.4 MB in tables, 0.1 MB in indexes")
                .containsPattern("Last vacuum +2026-11-20T10:00:00Z")
                .containsPattern("Last analyze +never")
                .contains("for RowExclusiveLock on public.files since 3.0 s, held up by [43]")
                .doesNotContain("public.new");
        assertThat(run("db:info", ID, "--tables")).isZero();
        assertThat(out()).containsPattern("public.new +0.0 MB +0.0 MB +0 +0 +\\? +\\? +never +never");
        assertThat(run("db:info", ID, "-o", "json")).isZero();
        assertThat(json().getAsJsonObject().getAsJsonArray("tables")).hasSize(2);
        assertThat(run("db:info", "nobody@example.com")).isNotZero();
        assertThat(err()).contains("There is no instance nobody@example.com");
    }

    @Test
    void databasesAreVacuumedAndReindexed() {
        assertThat(run("db:vacuum", ID)).isZero();
        assertThat(out())
                .startsWith(ID + ": 1 of 1: public.files\n")
                .containsPattern(ID + " +1 +9.0 MB +7.5 MB +2.0 s +1\n");
        assertThat(run("db:vacuum", "--full", ID, "-o", "json")).isZero();
        assertThat(json().getAsJsonArray()
                        .get(0)
                        .getAsJsonObject()
                        .get("instance")
                        .getAsString())
                .isEqualTo(ID);
        assertThat(run("db:reindex", "--concurrently", ID)).isZero();
        assertThat(gogo.databases.calls)
                .containsExactly(
                        "vacuum example.com_acme",
                        "vacuum example.com_acme full",
                        "reindex example.com_acme concurrently");
    }

    @Test
    void aFailureDoesNotKeepTheOthersFromTheirTurn() {
        gogo.instances.with("zoo@example.com", "files");
        assertThat(run("db:vacuum", "--all")).isEqualTo(ShellSession.FAILED);
        assertThat(gogo.databases.calls).hasSize(3);
        assertThat(out()).containsPattern("zoo@example.com +1");
        assertThat(err()).contains("Vacuumed 2 of 3 databases.").contains("full@example.com: 5 bytes are missing.");
    }

    @Test
    void whatToWorkOnMustBeSaid() {
        assertThat(run("db:vacuum")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("--all");
        assertThat(run("db:reindex", ID, "--all")).isEqualTo(ShellSession.USAGE);
        assertThat(gogo.databases.calls).isEmpty();
    }

    @Test
    void sqlShowsRowsAndNulls() {
        assertThat(run("db:sql", ID, "SELECT * FROM t")).isZero();
        assertThat(out()).isEqualTo("n  text\n1  NULL\n(1 row, 0.0 s)\n");
        assertThat(gogo.databases.request.database()).isEqualTo(FakeDatabases.ACME);
        assertThat(gogo.databases.request.write()).isFalse();
        assertThat(gogo.databases.request.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(gogo.databases.request.rows()).isEqualTo(1000);

        assertThat(run("db:sql", ID, "SELECT * FROM t", "-o", "json")).isZero();
        assertThat(json().getAsJsonObject().get("rows").toString()).isEqualTo("[[\"1\",null]]");
    }

    @Test
    void sqlComesFromStandardInputToo() {
        in = new ByteArrayInputStream("DELETE FROM t".getBytes(StandardCharsets.UTF_8));
        gogo.databases.result = new SqlResult(List.of(), List.of(), false, Optional.of(3L), Duration.ZERO);
        assertThat(run("db:sql", "--write", "--timeout", "5m", ID)).isZero();
        assertThat(out()).isEqualTo("3 rows changed, 0.0 s\n");
        assertThat(gogo.databases.request.sql()).isEqualTo("DELETE FROM t");
        assertThat(gogo.databases.request.write()).isTrue();
        assertThat(gogo.databases.request.timeout()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void rowsThatAreNotShownAreMentioned() {
        SqlResult one = gogo.databases.result;
        gogo.databases.result = new SqlResult(one.columns(), one.rows(), true, Optional.empty(), Duration.ZERO);
        assertThat(run("db:sql", ID, "--rows", "1", "SELECT * FROM t")).isZero();
        assertThat(out()).contains("there are more").contains("--rows");
        assertThat(run("db:sql", ID, "--rows", "0", "SELECT 1")).isEqualTo(ShellSession.USAGE);
        assertThat(run("db:sql", ID, "--timeout", "0s", "SELECT 1")).isEqualTo(ShellSession.USAGE);
    }

    @Test
    void eachStatementIsAudited() {
        String log = CapturedLog.of(() -> {
            run("db:sql", ID, "SELECT 1\n-- forged line");
            run("db:sql", ID, "--write", "SELECT nothing");
            in = new ByteArrayInputStream("SELECT typed".getBytes(StandardCharsets.UTF_8));
            run("db:sql", ID);
        });
        assertThat(log)
                .contains("audit - somebody db:sql " + ID + " SELECT 1 -- forged line -> done")
                .contains("somebody db:sql " + ID + " SELECT nothing --write -> failed: The server refuses");
        assertThat(gogo.audit.entries)
                .contains(
                        "somebody db:sql " + ID + " SELECT nothing --write on " + ID + ": begun",
                        "somebody db:sql " + ID + " SELECT typed on " + ID + ": done");
    }

    @Test
    void anInterruptCancelsTheStatement() throws Exception {
        try (ShellSession session =
                new ShellSession(gogo.processor, () -> FakeGogo.ROOT, new SessionStreams(in, out, err), null, false)) {
            Thread runner = new Thread(() -> session.call(List.of("db:sql", ID, "SELECT sleep")));
            runner.start();
            assertThat(gogo.databases.sleeping.await(10, TimeUnit.SECONDS)).isTrue();
            session.interrupt();
            assertThat(gogo.databases.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
            runner.join(10_000);
        }
    }

    @Test
    void extensionsAreListedAndCreated() {
        assertThat(run("db:extension", "list", ID)).isZero();
        assertThat(out())
                .containsPattern("dblink +1.2 +no ")
                .containsPattern("file_fdw +1.0 +allowed ")
                .containsPattern("hstore +1.7 +1.8 +trusted ");
        assertThat(run("db:extension", "list", ID, "-o", "json")).isZero();
        assertThat(JsonParser.parseString(out()).getAsJsonArray()).hasSize(3);
        assertThat(run("db:extension", "create", ID, "hstore", "-o", "json")).isZero();
        assertThat(gogo.databases.calls).containsExactly("extension hstore in " + FakeDatabases.ACME);
        assertThat(run("db:extension", "create", ID, "dblink")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("not one that instances may have");
        assertThat(run("db:extension", "create", ID)).isEqualTo(ShellSession.USAGE);
        assertThat(run("db:extension", "list", ID, "hstore")).isEqualTo(ShellSession.USAGE);
        assertThat(run("db:extension", "drop", ID, "hstore")).isEqualTo(ShellSession.USAGE);
    }

    @Test
    void anUpgradeIsPlannedDoneAndTakenBack() {
        assertThat(run("db:upgrade", "--dry-run")).isZero();
        assertThat(out()).contains("PostgreSQL 18.3").contains("nothing").contains("pg_dump of version 18 is missing");
        assertThat(run("db:upgrade", "--rollback", "-y")).isEqualTo(ShellSession.FAILED);
        assertThat(run("db:upgrade")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("All instances are stopped");
        assertThat(gogo.upgrade.calls).isEmpty();

        assertThat(run("db:upgrade", "--yes")).isZero();
        assertThat(out()).contains("from 15 to 18.3").contains("kept until 2026-12-04");
        assertThat(gogo.instances.paused).contains("being upgraded");
        run("instance:create", "far@example.com", "--app", "files", "--server", "pg1");
        assertThat(run("db:upgrade", "--rollback")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("on other servers: far@example.com").contains("instance:rotate-db-password");
        assertThat(run("db:upgrade", "--rollback", "-y")).isZero();
        assertThat(out()).contains("on other servers: far@example.com").contains("instance:rotate-db-password");
        gogo.upgrade.calls.remove("rollback");
        assertThat(run("db:upgrade", "--rollback", "-y", "-o", "json")).isZero();
        assertThat(JsonParser.parseString(out())
                        .getAsJsonObject()
                        .get("version")
                        .getAsString())
                .isEqualTo("15.19.0");
        assertThat(gogo.upgrade.calls).containsExactly("upgrade", "rollback");
    }

    @Test
    void anUpgradeSaysWhatIsInTheWay() {
        assertThat(run("db:upgrade", "--dry-run", "--binaries", "/full", "-o", "json"))
                .isZero();
        assertThat(out()).contains("too little room");
        assertThat(run("db:upgrade", "--binaries", "/full", "-y")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("too little room");
        assertThat(gogo.instances.paused).isEmpty();
        assertThat(run("db:upgrade", "--binaries", "relative.jar")).isEqualTo(ShellSession.USAGE);
        assertThat(run("db:upgrade", "--rollback", "--dry-run")).isEqualTo(ShellSession.USAGE);
    }

    @Test
    void accessIsAllowedListedAndDenied() {
        assertThat(run("db:access", "allow", ID, "192.0.2.0/24", "--expires", "7d"))
                .isZero();
        assertThat(out())
                .contains("Allowed access to " + ID + ".\n")
                .containsPattern("Until +2026-11-27T10:00:00Z")
                .containsPattern("User +example.com_acme_ext")
                .containsPattern("Password +sesame  \\(shown only now\\)");
        assertThat(run("db:access", "allow", ID, "192.0.2.7", "-o", "json")).isZero();
        assertThat(json().getAsJsonObject().has("password")).isFalse();
        assertThat(run("db:access", "list")).isZero();
        assertThat(out()).containsPattern(ID + " +example.com_acme +192.0.2.7 .* it is denied");
        assertThat(run("db:access", "list", "full@example.com", "-o", "json")).isZero();
        assertThat(out()).isEqualTo("[]\n");
        assertThat(run("db:access", "deny", ID, "192.0.2.7")).isZero();
        assertThat(out()).isEqualTo("Denied access to " + ID + " from 192.0.2.7.\n");
        assertThat(run("db:access", "deny", ID)).isZero();
        assertThat(run("db:access", "deny", ID)).isEqualTo(ShellSession.FAILED);
        assertThat(gogo.databases.entries).isEmpty();
    }

    @Test
    void accessSaysWhatItTakes() {
        assertThat(run("db:access", "open", ID)).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("Use allow, deny or list");
        assertThat(run("db:access", "allow", ID)).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("CIDR");
        assertThat(run("db:access", "list", "--expires", "1d")).isEqualTo(ShellSession.USAGE);
        assertThat(run("db:access", "allow", ID, "::1", "--expires", "0s")).isEqualTo(ShellSession.USAGE);
    }

    @Test
    void quotasAreShownWithTheirUse() {
        gogo.quotas.limits.put(QuotaKind.STATEMENT_TIME, Optional.of(30_000L));
        assertThat(run("instance:quota", ID)).isZero();
        assertThat(out())
                .containsPattern("QUOTA +USE +LIMIT +SET BY\n")
                .containsPattern("connections +1500 +none +platform")
                .containsPattern("statement time +1.5 s +30.0 s +platform")
                .containsPattern("size, hard +0.0 MB +none +platform");
        assertThat(run("instance:quota", ID, "-o", "json")).isZero();
        JsonObject statement = json().getAsJsonArray().get(1).getAsJsonObject();
        assertThat(statement.get("kind").getAsString()).isEqualTo("STATEMENT_TIME");
        assertThat(statement.get("use").getAsLong()).isEqualTo(1500);
        assertThat(statement.get("limit").getAsLong()).isEqualTo(30_000);
        assertThat(run("instance:quota", "nobody@example.com")).isEqualTo(ShellSession.FAILED);
    }

    @Test
    void aClosedDatabaseIsNamedToWhoCanMakeRoomInIt() {
        assertThat(run("instance:quota", ID)).isZero();
        assertThat(err()).doesNotContain("closed");
        gogo.quotas.closed = true;
        assertThat(run("instance:quota", ID)).isZero();
        assertThat(err()).contains("The database of " + ID + " is closed").contains("db:sql --write");
        assertThat(run("db:sql", ID, "SELECT 1")).isZero();
        assertThat(err()).doesNotContain("closed");
        assertThat(run("db:sql", ID, "--write", "DELETE FROM t")).isZero();
        assertThat(err()).contains("is closed").contains("instance:quota");
    }

    @Test
    void quotasAreSetLiftedAndLeftToThePlatform() {
        assertThat(run(
                        "instance:quota",
                        ID,
                        "--connections",
                        "8",
                        "--statement-time",
                        "30s",
                        "--idle-in-transaction",
                        "1m",
                        "--temp",
                        "512M",
                        "--size-soft",
                        "1GiB",
                        "--size-hard",
                        "2gb"))
                .isZero();
        assertThat(out())
                .containsPattern("temporary files +0.0 MB +512.0 MB +instance")
                .containsPattern("size, soft +0.0 MB +1,073.7 MB +instance");
        assertThat(gogo.quotas.limits)
                .containsEntry(QuotaKind.CONNECTIONS, Optional.of(8L))
                .containsEntry(QuotaKind.IDLE_IN_TRANSACTION, Optional.of(60_000L))
                .containsEntry(QuotaKind.SIZE_HARD, Optional.of(2_000_000_000L));

        assertThat(run("instance:quota", ID, "--size-hard", "none", "--temp", "default"))
                .isZero();
        assertThat(out())
                .containsPattern("size, hard +0.0 MB +none +instance")
                .containsPattern("temporary files +0.0 MB +none +platform");
    }

    @Test
    void aQuotaThatIsNoneIsRefused() {
        assertThat(run("instance:quota", ID, "--connections", "many")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("--connections: 'many' is no number; or none, or default");
        assertThat(run("instance:quota", ID, "--size-hard", "2")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("--size-hard").contains("512M");
        assertThat(run("instance:quota", ID, "--statement-time", "30")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("--statement-time: '30' is no time");
        assertThat(gogo.quotas.limits).isEmpty();
    }
}
