package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceSpec;
import platform.core.api.PlatformException;
import platform.core.api.ProvisioningListener;
import platform.core.api.RenameChange;
import platform.core.api.RenamePlan;
import platform.core.api.RenameRequest;
import platform.core.api.RenameRequest.Kind;
import platform.core.api.State;
import platform.core.instance.Workers;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.postgresql.TestPostgres;

/** Renaming on a real PostgreSQL, its every step failing or cut off. */
class InstanceRenamingTest {

    private static final RenameRequest DOMAIN = new RenameRequest(Kind.DOMAIN, "example.com", "example.org");
    private static final InstanceId ACME = InstanceId.parse("acme@example.com");
    private static final InstanceId NEW_ACME = InstanceId.parse("acme@example.org");

    @TempDir
    Path data;

    private final Databases databases = TestPostgres.databases();
    private final Fakes.FakeWebserver webserver = new Fakes.FakeWebserver();
    private final Workers workers = new Workers();
    private final List<AppContext> started = new ArrayList<>();
    private final List<InstanceId> closed = new ArrayList<>();
    private Database database;
    private ManagerTables tables;
    private AlarmManager alarms;
    private ProvisioningListener listener = (id, operation, step) -> {};
    private InstanceManager manager;
    private InstanceRenaming renaming;

    @BeforeEach
    void threeInstancesOfTheDomainAndOneOfAnother() throws IOException {
        DatabaseSpec spec = TestPostgres.newDatabase();
        database = databases.open(spec);
        database.migrate(Fakes.MIGRATIONS);
        Files.createDirectories(data.resolve("secrets"));
        tables = new ManagerTables(database.dataSource(), new Seal(new Secrets(data.resolve("secrets"))));
        Fakes.jar(Files.createDirectories(data.resolve("apps")).resolve("notes.jar"), "notes", "1.0.0");
        start();
        create("acme@example.com", Optional.empty(), Map.of("url", "https://example.com/x", "other", "notexample.com"));
        create("beta@example.com", Optional.of("/beta"), Map.of());
        create("idle@example.com", Optional.of("/example.com"), Map.of());
        create("acme@example.net", Optional.empty(), Map.of("from", "a@example.com"));
        manager.stop(InstanceId.parse("idle@example.com"));
        Files.writeString(data.resolve("instances/example.com/acme/file"), "content");
        started.clear();
        closed.clear();
    }

    private void create(String id, Optional<String> path, Map<String, String> settings) {
        manager.create(new InstanceSpec(
                InstanceId.parse(id),
                "notes",
                path,
                Optional.empty(),
                Optional.empty(),
                Optional.of("secret of " + id),
                settings));
    }

    private void start() {
        AppServices services = new AppServices(
                data.resolve("apps"),
                new Fakes.FakeTracing(),
                Fakes.supervision(workers),
                Clock.systemUTC(),
                file -> new Fakes.FakeHost(file, this::startApp));
        PlatformFolders folders = new PlatformFolders(data);
        ProvisioningListener changing = (id, operation, step) -> listener.beforeStep(id, operation, step);
        alarms = new AlarmManager(new AlarmTables(database.dataSource()), workers, Clock.systemUTC());
        manager = new InstanceManager(
                folders,
                tables,
                TestPostgres.servers(),
                TestPostgres.quotas(),
                webserver,
                services,
                workers,
                Fakes.supervision(workers),
                alarms,
                changing,
                Clock.systemUTC());
        renaming = new InstanceRenaming(folders, manager, webserver, workers, changing, () -> {});
        manager.run();
    }

    private void restart() {
        listener = (id, operation, step) -> {};
        manager.close();
        alarms.close();
        // Whatever a killed platform held open is gone with it.
        webserver.paths.clear();
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
    }

    private synchronized AppInstance startApp(AppContext context) {
        started.add(context);
        return new AppInstance() {
            @Override
            public void close() {
                synchronized (InstanceRenamingTest.this) {
                    closed.add(context.id());
                }
            }
        };
    }

    private List<InstanceInfo> rename(RenameRequest request) {
        return renaming.apply(renaming.plan(request), info -> {});
    }

    private Map<String, String> idsAndPaths() {
        return manager.list().stream()
                .collect(Collectors.toMap(info -> info.id() + " " + info.state(), InstanceInfo::path));
    }

    private void mustBeOld() {
        assertThat(idsAndPaths())
                .isEqualTo(Map.of(
                        "acme@example.com RUNNING", "/example.com/acme",
                        "beta@example.com RUNNING", "/beta",
                        "idle@example.com STOPPED", "/example.com",
                        "acme@example.net RUNNING", "/example.net/acme"));
        assertThat(manager.find(ACME).orElseThrow().settings())
                .isEqualTo(Map.of("url", "https://example.com/x", "other", "notexample.com"));
        assertThat(manager.find(InstanceId.parse("acme@example.net"))
                        .orElseThrow()
                        .settings())
                .isEqualTo(Map.of("from", "a@example.com"));
        assertThat(data.resolve("instances/example.com/acme/file")).hasContent("content");
        assertThat(data.resolve("instances/example.org/acme")).doesNotExist();
        assertThat(webserver.answer("/example.com/acme")).isEqualTo(200);
        assertThat(webserver.answer("/beta")).isEqualTo(200);
        assertThat(webserver.paths).hasSize(4);
    }

    private void mustBeNew() {
        assertThat(idsAndPaths())
                .isEqualTo(Map.of(
                        "acme@example.org RUNNING", "/example.org/acme",
                        "beta@example.org RUNNING", "/beta",
                        "idle@example.org STOPPED", "/example.org",
                        "acme@example.net RUNNING", "/example.net/acme"));
        assertThat(manager.find(NEW_ACME).orElseThrow().settings())
                .isEqualTo(Map.of("url", "https://example.org/x", "other", "notexample.com"));
        assertThat(manager.find(NEW_ACME).orElseThrow().database()).isEqualTo("example.com_acme");
        assertThat(manager.find(InstanceId.parse("acme@example.net"))
                        .orElseThrow()
                        .settings())
                .isEqualTo(Map.of("from", "a@example.org"));
        assertThat(data.resolve("instances/example.org/acme/file")).hasContent("content");
        assertThat(data.resolve("instances/example.com/acme")).doesNotExist();
        assertThat(webserver.answer("/example.org/acme")).isEqualTo(200);
        assertThat(webserver.answer("/beta")).isEqualTo(200);
        assertThat(webserver.paths).hasSize(4);
    }

    @Test
    void aPlanNamesEachChangeAndChangesNothing() {
        RenamePlan plan = renaming.plan(DOMAIN);

        assertThat(plan.changes())
                .extracting(change -> (change.kind() + " " + change.key()).strip() + ": " + change.oldValue() + " → "
                        + change.newValue())
                .containsExactly(
                        "INSTANCE: acme@example.com → acme@example.org",
                        "PATH: /example.com/acme → /example.org/acme",
                        "SETTING url: https://example.com/x → https://example.org/x",
                        "FOLDER: instances/example.com/acme → instances/example.org/acme",
                        "INSTANCE: beta@example.com → beta@example.org",
                        "FOLDER: instances/example.com/beta → instances/example.org/beta",
                        "INSTANCE: idle@example.com → idle@example.org",
                        "PATH: /example.com → /example.org",
                        "FOLDER: instances/example.com/idle → instances/example.org/idle",
                        "SETTING from: a@example.com → a@example.org");
        assertThat(plan.changes().get(0).note()).contains("example.com_acme keep their name");
        assertThat(plan.conflicts()).isEmpty();
        mustBeOld();
        assertThat(started).isEmpty();
    }

    @Test
    void aDomainIsRenamedEverywhereAndWhatRanRunsAgain() {
        List<InstanceInfo> heard = new ArrayList<>();

        List<InstanceInfo> renamed = renaming.apply(renaming.plan(DOMAIN), heard::add);

        mustBeNew();
        assertThat(renamed).hasSize(4).containsExactlyInAnyOrderElementsOf(heard);
        assertThat(started)
                .extracting(context -> context.id() + " " + context.webPath() + " " + context.password())
                .containsExactlyInAnyOrder(
                        "acme@example.org /example.org/acme secret of acme@example.com",
                        "beta@example.org /beta secret of beta@example.com",
                        "acme@example.net /example.net/acme secret of acme@example.net");
        assertThat(started).allSatisfy(context -> assertThat(context.folder()).isDirectory());
        assertThatThrownBy(() -> manager.stop(ACME)).hasMessageContaining("There is no instance acme@example.com");

        restart();
        mustBeNew();
    }

    @Test
    void theDataOfARenamedInstanceAreStillItsOwn() throws SQLException {
        rename(DOMAIN);

        AppContext acme = started.stream()
                .filter(context -> context.id().equals(NEW_ACME))
                .findFirst()
                .orElseThrow();
        try (Connection connection = acme.dataSource().getConnection()) {
            assertThat(connection.getCatalog()).isEqualTo("example.com_acme");
        }
        manager.delete(NEW_ACME);
        assertThat(databases.databases()).doesNotContain("example.com_acme");
        assertThat(data.resolve("instances/example.org/acme")).doesNotExist();
    }

    @Test
    void aHostIsRenamedInSettingsOnly() {
        rename(new RenameRequest(Kind.HOST, "example.com", "example.org"));

        assertThat(manager.find(ACME).orElseThrow().settings()).containsEntry("url", "https://example.org/x");
        assertThat(manager.find(ACME).orElseThrow().path()).isEqualTo("/example.com/acme");
        assertThat(closed).containsExactlyInAnyOrder(ACME, InstanceId.parse("acme@example.net"));
        assertThat(webserver.paths.get("/example.com/acme").active).isTrue();
    }

    @Test
    void theOldPathsRedirectForThirtyDaysAndBackAfterAnUndo() {
        Instant now = Clock.systemUTC().instant();
        rename(DOMAIN);

        assertThat(redirects("/example.org/acme")).containsOnlyKeys("/example.com/acme");
        assertThat(redirects("/example.org/acme").get("/example.com/acme"))
                .isBetween(now.plus(Duration.ofDays(29)), now.plus(Duration.ofDays(31)));
        assertThat(redirects("/example.org")).containsOnlyKeys("/example.com");
        assertThat(redirects("/beta")).isEmpty();

        renaming.apply(renaming.planUndo(), info -> {});
        assertThat(redirects("/example.com/acme")).containsOnlyKeys("/example.org/acme");
        restart();
        assertThat(redirects("/example.com/acme")).containsOnlyKeys("/example.org/acme");
    }

    private Map<String, Instant> redirects(String path) {
        return webserver.paths.get(path).aliases.formerPaths();
    }

    @Test
    void theHostsOfADomainFollowItAndSettingsFollowThem() {
        manager.edit(
                ACME,
                InstanceChange.NONE
                        .withHost("notes.example.com")
                        .withSettings(Map.of("own", "https://notes.example.com/", "www", "www.example.com")));

        RenamePlan plan = renaming.plan(DOMAIN);
        renaming.apply(plan, info -> {});

        assertThat(plan.warnings()).hasSize(1).first().asString().contains("www.example.com");
        assertThat(manager.find(NEW_ACME).orElseThrow().host()).isEqualTo("notes.example.org");
        assertThat(manager.find(NEW_ACME).orElseThrow().settings()).containsEntry("own", "https://notes.example.org/");
        assertThat(webserver.paths.get("/example.org/acme").aliases.host()).contains("notes.example.org");
        renaming.apply(renaming.planUndo(), info -> {});
        assertThat(manager.find(ACME).orElseThrow().host()).isEqualTo("notes.example.com");
        assertThat(webserver.paths.get("/example.com/acme").aliases.host()).contains("notes.example.com");
    }

    @Test
    void aHostOfAnInstanceIsRenamedWithoutARestart() {
        manager.edit(InstanceId.parse("beta@example.com"), InstanceChange.NONE.withHost("beta.example.net"));

        rename(new RenameRequest(Kind.HOST, "beta.example.net", "beta.example.org"));

        assertThat(webserver.paths.get("/beta").aliases.host()).contains("beta.example.org");
        assertThat(closed).isEmpty();
    }

    @Test
    void aHostThatIsTakenIsAConflict() {
        manager.edit(ACME, InstanceChange.NONE.withHost("a.example.com"));
        manager.edit(InstanceId.parse("acme@example.net"), InstanceChange.NONE.withHost("a.example.org"));

        assertThat(renaming.plan(DOMAIN).conflicts())
                .containsExactly("acme@example.com: The host a.example.org is taken");
    }

    @Test
    void anAlarmOfTheOldNameIsOver() {
        alarms.raise(new AlarmSpec("acme@example.com", "disk", AlarmSeverity.values()[0], "Full.", "Make room."));

        rename(DOMAIN);

        assertThat(alarms.active()).isEmpty();
    }

    @Test
    void aRenamingIsUndone() {
        rename(DOMAIN);
        RenamePlan plan = renaming.planUndo();
        assertThat(plan.undo()).isTrue();
        assertThat(plan.request()).isEqualTo(DOMAIN);
        assertThat(plan.changes().get(0).newValue()).isEqualTo("a@example.com");
        mustBeNew();

        renaming.apply(plan, info -> {});

        mustBeOld();
        assertThatThrownBy(renaming::planUndo).hasMessage("There is no renaming that could be undone.");
        restart();
        mustBeOld();
    }

    @Test
    void anUndoLeavesWhatWasChangedSince() {
        rename(DOMAIN);
        manager.edit(NEW_ACME, InstanceChange.NONE.withPath("/elsewhere").withSettings(Map.of("url", "changed")));
        manager.delete(InstanceId.parse("beta@example.org"));

        RenamePlan plan = renaming.planUndo();
        renaming.apply(plan, info -> {});

        assertThat(plan.warnings())
                .containsExactlyInAnyOrder(
                        "The path of acme@example.org was changed since and stays: /elsewhere",
                        "The setting url of acme@example.org was changed since and stays: changed",
                        "beta@example.org is gone; there is nothing of it to bring back.");
        assertThat(manager.find(ACME).orElseThrow().path()).isEqualTo("/elsewhere");
        assertThat(manager.find(ACME).orElseThrow().settings()).containsEntry("url", "changed");
    }

    @Test
    void anUndoLeavesAYoungerInstanceOfTheSameNameAlone() {
        rename(DOMAIN);
        manager.delete(NEW_ACME);
        create("acme@example.org", Optional.empty(), Map.of());

        assertThat(renaming.planUndo().changes())
                .extracting(RenameChange::instance)
                .doesNotContain(NEW_ACME);
    }

    @Test
    void conflictsAreFoundInThePlanAndNothingIsDone() throws IOException {
        create("acme@example.org", Optional.of("/example.org"), Map.of());
        Files.createDirectories(data.resolve("instances/example.org/beta/full"));

        RenamePlan plan = renaming.plan(DOMAIN);

        assertThat(plan.conflicts()).hasSize(3);
        assertThat(plan.conflicts().get(0)).isEqualTo("There is already an instance acme@example.org.");
        assertThat(plan.conflicts().get(1)).contains("instances/example.org/beta is not empty");
        assertThat(plan.conflicts().get(2)).contains("/example.org belongs to acme@example.org");
        assertThatThrownBy(() -> renaming.apply(plan, info -> {}))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.kind()).isEqualTo(PlatformException.Kind.CONFLICT));
        manager.delete(NEW_ACME);
        mustBeOld();
    }

    @Test
    void aPlanThatIsOutOfDateIsNotCarriedOut() {
        RenamePlan plan = renaming.plan(DOMAIN);
        manager.edit(ACME, InstanceChange.NONE.withSettings(Map.of("more", "example.com")));

        assertThatThrownBy(() -> renaming.apply(plan, info -> {})).hasMessageContaining("Make a new plan");

        assertThat(manager.find(ACME)).isPresent();
    }

    @Test
    void whatIsNotThereCannotBeRenamed() {
        assertThatThrownBy(() -> renaming.plan(new RenameRequest(Kind.DOMAIN, "nowhere.example", "example.org")))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.kind()).isEqualTo(PlatformException.Kind.NOT_FOUND))
                .hasMessageContaining("No instance is in the domain nowhere.example");
        assertThatThrownBy(() -> new RenameRequest(Kind.HOST, "Example.com", "example.org"))
                .hasMessageContaining("'Example.com' is not allowed");
        assertThatThrownBy(() -> new RenameRequest(Kind.HOST, "example.com", "example.com"))
                .hasMessageContaining("both example.com");
    }

    @Test
    void whatARenamingDoesNotChangeItselfIsNamed() throws IOException {
        manager.edit(ACME, InstanceChange.NONE.withSettings(Map.of("cdn", "www.example.com")));
        Files.createDirectories(data.resolve("etc"));
        Files.writeString(data.resolve("etc/a.cfg"), "x = 1\nhosts = example.com\n");
        Files.writeString(data.resolve("etc/b.cfg"), "hosts = www.example.com\n");

        assertThat(renaming.plan(DOMAIN).warnings())
                .containsExactly(
                        "The setting cdn of acme@example.com names a host below example.com, which is another name and"
                                + " stays: www.example.com",
                        "etc/a.cfg names example.com in line 2: change it there; it is taken over at once.");
    }

    @Test
    void whatOnlyAnAdministratorCanRenameIsNotSaidToBeDone() throws IOException {
        Files.createDirectories(data.resolve("etc"));
        Files.writeString(data.resolve("etc/a.cfg"), "hosts = apps.example.net\n");
        RenamePlan plan = renaming.plan(new RenameRequest(Kind.HOST, "apps.example.net", "apps.example.org"));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.warnings()).hasSize(1);
        assertThatThrownBy(() -> renaming.apply(plan, info -> {})).hasMessageContaining("nothing that the platform");
        assertThatThrownBy(renaming::planUndo).hasMessageContaining("no renaming");
    }

    @Test
    void anInstanceThatDoesNotStartUnderItsNewNameIsRenamedAllTheSame() throws IOException {
        RenamePlan plan = renaming.plan(DOMAIN);
        listener = (id, operation, step) -> {
            if (step.equals("start")) {
                databases.dropDatabase("example.com_acme");
            }
        };

        renaming.apply(plan, info -> {});

        assertThat(manager.find(NEW_ACME).orElseThrow().state()).isEqualTo(State.FAILED);
        assertThat(manager.find(InstanceId.parse("beta@example.org"))
                        .orElseThrow()
                        .state())
                .isEqualTo(State.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "path", "stop", "folder", "records"})
    void aStepThatFailsLeavesEverythingAsItWas(String step) {
        RenamePlan plan = renaming.plan(DOMAIN);
        failAt(step, 1, () -> {
            throw new IllegalStateException("no disk");
        });

        assertThatThrownBy(() -> renaming.apply(plan, info -> {})).hasMessageContaining("no disk");

        mustBeOld();
        assertThatThrownBy(renaming::planUndo).hasMessageContaining("no renaming");
        listener = (id, operation, name) -> {};
        renaming.apply(plan, info -> {});
        mustBeNew();
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "path", "stop", "folder", "records"})
    void aKillBeforeTheRecordsHaveChangedLeavesTheOldNames(String step) {
        killAt(step, step.equals("folder") ? 2 : 1);

        restart();

        mustBeOld();
        rename(DOMAIN);
        mustBeNew();
    }

    @Test
    void aKillAfterTheRecordsHaveChangedLeavesTheNewNames() {
        killAt("start", 1);

        restart();

        mustBeNew();
        renaming.apply(renaming.planUndo(), info -> {});
        mustBeOld();
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "path", "stop", "folder", "records"})
    void aKillDuringAnUndoLeavesTheNewNames(String step) {
        rename(DOMAIN);
        failAt(step, step.equals("folder") ? 2 : 1, InstanceRenamingTest::kill);
        RenamePlan plan = renaming.planUndo();
        assertThatThrownBy(() -> renaming.apply(plan, info -> {})).isInstanceOf(Killed.class);

        restart();

        mustBeNew();
        renaming.apply(renaming.planUndo(), info -> {});
        mustBeOld();
    }

    private void killAt(String step, int occurrence) {
        failAt(step, occurrence, InstanceRenamingTest::kill);
        RenamePlan plan = renaming.plan(DOMAIN);
        assertThatThrownBy(() -> renaming.apply(plan, info -> {})).isInstanceOf(Killed.class);
    }

    private void failAt(String step, int occurrence, Runnable failure) {
        int[] seen = {0};
        listener = (id, operation, name) -> {
            if (operation.equals("rename") && name.equals(step) && ++seen[0] == occurrence) {
                failure.run();
            }
        };
    }

    private static void kill() {
        throw new Killed();
    }

    /** What nobody catches, as nobody catches SIGKILL. */
    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        Killed() {
            super("Killed");
        }
    }
}
