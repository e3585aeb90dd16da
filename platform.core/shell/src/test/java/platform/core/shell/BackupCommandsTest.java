package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands for backups, without a terminal, as a script would call them. */
class BackupCommandsTest {

    private static final String ID = "acme@example.com";

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

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
        try (ShellSession session = new ShellSession(
                gogo.processor,
                () -> FakeGogo.ROOT,
                new SessionStreams(InputStream.nullInputStream(), out, err),
                null,
                false)) {
            return session.call(List.of(command));
        }
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void instancesAreBackedUpAndTheNewKeyIsShownOnce() {
        assertThat(run("backup:run", ID)).isZero();
        assertThat(out())
                .contains("AGE-SECRET-KEY-1NEW")
                .contains("/data/backups/acme@example.com/" + FakeBackups.NAME)
                .contains("2.5 MB")
                .contains("1234");
        assertThat(run("backup:run", ID, "--to", "/mnt/x/../there", "-o", "json"))
                .isZero();
        assertThat(out()).doesNotContain("AGE-SECRET-KEY");
        JsonObject json = JsonParser.parseString(out()).getAsJsonArray().get(0).getAsJsonObject();
        assertThat(json.get("file").getAsString()).startsWith("/mnt/there/");
        assertThat(json.getAsJsonObject("manifest")
                        .getAsJsonObject("rows")
                        .get("public.b")
                        .getAsLong())
                .isEqualTo(234);
    }

    @Test
    void whatFailsForOneDoesNotKeepTheOthersFromTheirTurn() {
        assertThat(run("backup:run", "--all")).isEqualTo(ShellSession.FAILED);
        assertThat(out()).contains(FakeBackups.NAME);
        assertThat(err()).contains("Backed up 2 of 3.").contains("full@example.com was not done: the disk is full");
        assertThat(run("backup:run")).isEqualTo(ShellSession.USAGE);
        assertThat(run("backup:run", ID, "--to", "./here")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("not absolute");
        assertThat(run("backup:run", "none@example.com", ID)).isEqualTo(ShellSession.FAILED);
        assertThat(out()).contains(ID, FakeBackups.NAME);
        assertThat(err()).contains("Backed up 1 of 2.").contains("There is no instance none@example.com");
    }

    @Test
    void backupsAreListedWithTheirProofs() {
        assertThat(run("backup:list")).isZero();
        assertThat(out()).contains("2026-11-27T08:30:00Z").contains("2026-11-27T08:31:00Z");
        assertThat(run("backup:list", "other@example.com", "--from", "/mnt")).isZero();
        assertThat(out()).doesNotContain(ID);
        assertThat(gogo.backups.calls).containsExactly("list /data/backups", "list /mnt");
        gogo.backups.proved = Optional.empty();
        assertThat(run("backup:list", ID)).isZero();
        assertThat(out()).contains("never");
        assertThat(run("instance:info", ID)).isZero();
        assertThat(out()).containsPattern("Backup proved +never");
    }

    @Test
    void aFileIsNamedFromTheRootOrByItsNameInThePlatformsFolder() {
        assertThat(run("backup:verify", FakeBackups.NAME)).isZero();
        assertThat(out()).contains("1,234 in 2 tables").contains("SHA-256 cdef").contains("files 1.2.0");
        assertThat(run("backup:verify", "/full")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("/full was not done: the disk is full.");
        assertThat(run("backup:verify", "unknown.age")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("There is no backup 'unknown.age' in /data/backups");
        assertThat(run("backup:verify", "a/b")).isEqualTo(ShellSession.USAGE);
        assertThat(gogo.backups.calls)
                .contains("verify /data/backups/acme@example.com/" + FakeBackups.NAME, "verify /full");
    }

    @Test
    void aRestoreSaysWhatItNeedsAndWhatBecameOfIt() {
        assertThat(run("backup:restore", "--plan", "/f")).isZero();
        assertThat(out())
                .contains("in place of what it has now")
                .contains("80.0 MB")
                .contains("It is older.");
        assertThat(gogo.backups.calls).isEmpty();
        assertThat(run("backup:restore", "/f")).isZero();
        assertThat(out())
                .contains("80.0 MB")
                .contains("1,234 rows in 3.0 s")
                .contains("kept until 2026-11-28T08:30:00Z as 'platform kept x'");
        assertThat(run("backup:restore", "/f", "--as", "copy@example.com")).isZero();
        assertThat(out()).contains("a new instance").contains("fresh-password");
        assertThat(run("backup:restore", "/f", "--as", "copy@example.com", "--server", "big"))
                .isZero();
        assertThat(run("backup:restore", "/f", "--install")).isZero();
        assertThat(gogo.backups.calls).contains("restore /f on big", "restore /f installing");
        assertThat(run("backup:restore", "/f", "--install", "--table", "a")).isEqualTo(ShellSession.USAGE);
        assertThat(run("backup:restore", "/full", "-o", "json")).isEqualTo(ShellSession.FAILED);
        assertThat(run("backup:restore", "/f", "-o", "json")).isZero();
        assertThat(JsonParser.parseString(out())
                        .getAsJsonObject()
                        .get("formerDatabase")
                        .getAsString())
                .isEqualTo("platform kept x");
    }

    @Test
    void anInstanceGoesToAnotherPlatformAsAFile() {
        assertThat(run("instance:export", ID, "/root/acme.age")).isZero();
        assertThat(out()).contains("1,234 rows, 2.5 MB").contains("AGE-SECRET-KEY-1ONCE");
        assertThat(run("instance:export", ID, "/root/acme.age", "--recipient", "age1a,age1b", "-o", "json"))
                .isZero();
        assertThat(out()).doesNotContain("AGE-SECRET-KEY");
        assertThat(run("instance:export", ID, "/root/acme.age", "--with-app")).isZero();
        assertThat(run("instance:export", ID, "acme.age")).isEqualTo(ShellSession.USAGE);
        assertThat(run("instance:export", ID, "/full")).isEqualTo(ShellSession.FAILED);

        assertThat(run("instance:import", "/root/acme.age", "--key", "AGE-SECRET-KEY-1ONCE"))
                .isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("could be seen by others");
        assertThat(run("instance:import", "/root/acme.age", "--as", "new@example.org", "--as-is"))
                .isZero();
        assertThat(out()).contains("new@example.org is restored").contains("fresh-password");
        assertThat(run("instance:import", "/root/acme.age", "--install")).isZero();
        assertThat(gogo.files.calls)
                .containsExactly(
                        "export acme@example.com /root/acme.age []",
                        "export acme@example.com /root/acme.age [age1a, age1b]",
                        "export acme@example.com /root/acme.age [] with its app",
                        "export acme@example.com /full []",
                        "import /root/acme.age [] true",
                        "import /root/acme.age [] false installing");
    }

    @Test
    void singleTablesComeBesideThePresentOnesOrReplaceTheirRows() {
        assertThat(run("backup:restore", "/f", "--table", "public.a,b")).isZero();
        assertThat(out()).contains("as of 2026-11-27T08:30:00Z").contains("public.a_restored");
        assertThat(run("backup:restore", "/f", "--table", "a", "--replace", "-o", "json"))
                .isZero();
        assertThat(run("backup:restore", "/f", "--table", "odd.x\\,y,b")).isZero();
        assertThat(gogo.backups.calls)
                .containsExactly("tables /f [public.a, b] false", "tables /f [a] true", "tables /f [odd.x,y, b] false");
        assertThat(run("backup:restore", "/f", "--replace")).isEqualTo(ShellSession.USAGE);
        assertThat(run("backup:restore", "/f", "--table", "a", "--as", "copy@example.com"))
                .isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("--replace goes with --table");
        assertThat(run("backup:restore", "/full", "--table", "a")).isEqualTo(ShellSession.FAILED);
    }

    @Test
    void aDrillTakesAFileOrTheNewestOfAnInstance() {
        assertThat(run("backup:drill", ID)).isZero();
        assertThat(out()).contains("is proved: 1,234 rows").contains("SHA-256 0123");
        assertThat(run("backup:drill", "/mnt/file")).isZero();
        assertThat(run("backup:drill", "full@example.com")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("Make one with backup:run full@example.com");
        assertThat(gogo.backups.calls)
                .containsExactly("drill /data/backups/acme@example.com/" + FakeBackups.NAME, "drill /mnt/file");
    }

    @Test
    void theManagerIsBackedUpAloneOrWithAllInstances() {
        assertThat(run("backup:run", "--manager", "--to", "nas")).isZero();
        assertThat(gogo.backups.calls).containsExactly("run manager nas");
        gogo.backups.calls.clear();
        assertThat(run("backup:run", "--all")).isEqualTo(ShellSession.FAILED);
        assertThat(gogo.backups.calls)
                .containsExactly(
                        "run acme@example.com /data/backups",
                        "run full@example.com /data/backups",
                        "run manager /data/backups");
        gogo.backups.calls.clear();
        assertThat(run("backup:run", "--manager", ID)).isZero();
        assertThat(gogo.backups.calls)
                .containsExactly("run acme@example.com /data/backups", "run manager /data/backups");
    }

    @Test
    void aTargetIsAPlaceLikeAFolder() {
        String file = "nas:acme@example.com/" + FakeBackups.NAME;
        assertThat(run("backup:list", "--target", "nas", "-o", "json")).isZero();
        assertThat(out()).contains("\"file\": \"" + file + "\"");
        assertThat(run("backup:verify", file)).isZero();
        assertThat(run("backup:verify", "nas:" + FakeBackups.NAME)).isZero();
        assertThat(run("backup:drill", ID, "--from", "nas")).isZero();
        assertThat(run("backup:restore", ID, "--from", "nas")).isZero();
        assertThat(run("backup:restore", FakeBackups.NAME, "--from", "nas")).isZero();
        assertThat(run("backup:restore", ID, "--from", "nas", "--table", "a")).isZero();
        assertThat(run("instance:import", "nas:" + FakeBackups.NAME, "--as", "new@example.org"))
                .isZero();
        assertThat(gogo.files.calls).containsExactly("import " + file + " [] false");
        assertThat(gogo.backups.calls.stream().filter(call -> !call.startsWith("list")))
                .containsExactly(
                        "verify " + file,
                        "verify " + file,
                        "drill " + file,
                        "restore " + file,
                        "restore " + file,
                        "tables " + file + " [a] false");
        assertThat(run("backup:verify", "nas:none.age")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("There is no backup 'none.age' in nas");
        assertThat(run("backup:restore", "none@example.com", "--from", "nas")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("There is no backup of 'none@example.com' in nas");
    }

    @Test
    void anInstanceIsCloned() {
        assertThat(run("instance:clone", "--plan", ID, "copy@example.com")).isZero();
        assertThat(out())
                .containsPattern("Restores +copy@example.com, a new instance")
                .contains("80.0 MB");
        assertThat(gogo.backups.calls).containsExactly("plan clone acme@example.com copy@example.com");
        assertThat(run("instance:clone", ID, "copy@example.com")).isZero();
        assertThat(out())
                .contains("80.0 MB")
                .contains("copy@example.com is a copy of acme@example.com, with 1,234 rows")
                .contains("cloned-password");
        assertThat(run("instance:clone", ID, "full@example.org")).isEqualTo(ShellSession.FAILED);
        assertThat(run("instance:clone", ID, "copy@example.com", "--server", "big"))
                .isZero();
        assertThat(gogo.backups.calls)
                .contains("clone acme@example.com copy@example.com", "clone acme@example.com copy@example.com on big");
    }

    @Test
    void theKeysAreShownButNotTheSecretOne() {
        assertThat(run("backup:key")).isZero();
        assertThat(out()).containsPattern("Own key +age1own").containsPattern("Recipients +age1other");
        gogo.add("backup", new BackupCommands(gogo.instances, null, null), "key");
        assertThat(run("backup:key")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("etc/platform.backup.archive.cfg");
    }

    @Test
    void progressIsToldWithRateAndTimeLeftEverySomeSeconds() {
        AtomicLong nanos = new AtomicLong();
        List<String> lines = new ArrayList<>();
        ProgressText progress = new ProgressText(nanos::get, lines::add);
        for (int second = 1; second <= 7; second++) {
            nanos.set(TimeUnit.SECONDS.toNanos(second));
            progress.at("dump", second * 10_000_000L, 160_000_000L);
        }
        assertThat(lines)
                .containsExactly(
                        "dump: 30.0 MB, 10.0 MB/s, 18 %, about 0:13 left",
                        "dump: 60.0 MB, 10.0 MB/s, 37 %, about 0:10 left");
    }
}
