package platform.core.rest;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupTargets;
import platform.backup.api.Backups;
import platform.backup.api.CommandFiles;
import platform.backup.api.InstanceFiles;
import platform.backup.api.Moves;
import platform.backup.api.PointInTime;
import platform.backup.api.Retention;
import platform.backup.api.ScheduleInfo;
import platform.backup.api.ScheduleSpec;
import platform.backup.api.Schedules;
import platform.backup.api.TargetInfo;
import platform.backup.api.TargetSetup;
import platform.backup.api.TargetStep;
import platform.backup.api.TargetTest;
import platform.core.api.Access;
import platform.core.api.AccessScope;
import platform.core.api.Acknowledgement;
import platform.core.api.AlarmFixes;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSinks;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;
import platform.core.api.AppFiles;
import platform.core.api.Audit;
import platform.core.api.Caller;
import platform.core.api.DesiredState;
import platform.core.api.InstanceId;
import platform.core.api.InstanceQuotas;
import platform.core.api.InstanceTransfer;
import platform.core.api.Instances;
import platform.core.api.Isolation;
import platform.core.api.Login;
import platform.core.api.ManagerSocket;
import platform.core.api.MetricPoint;
import platform.core.api.MetricSeries;
import platform.core.api.Metrics;
import platform.core.api.Platform;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.QuotaChange;
import platform.core.api.QuotaInfo;
import platform.core.api.QuotaKind;
import platform.core.api.Renaming;
import platform.core.api.Role;
import platform.core.api.ServiceInfo;
import platform.core.api.ServicePlace;
import platform.core.api.ServicePlaces;
import platform.core.api.ServiceUse;
import platform.core.api.Services;
import platform.core.api.Setting;
import platform.core.api.SettingBounds;
import platform.core.api.SettingGroup;
import platform.core.api.SettingType;
import platform.core.api.Settings;
import platform.core.api.State;
import platform.core.api.TokenInfo;
import platform.core.api.Tokens;
import platform.core.api.UserInfo;
import platform.core.api.UserKeys;
import platform.core.api.Users;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DatabaseStatus;
import platform.db.api.DatabaseUpgrade;
import platform.db.api.LockWait;
import platform.db.api.Maintenance;
import platform.db.api.MaintenanceResult;
import platform.db.api.TableStatus;
import platform.tracing.api.Logs;

/** The platform's services, which hold what they are given and do nothing. */
final class FakeServices {

    /** What nobody is ever told. */
    static final String SECRET = "sesame";

    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");
    private static final InstanceId ACME = InstanceId.parse("acme@example.com");

    final FakeInstances instances = new FakeInstances();
    final FakeAudit audit = new FakeAudit();
    final FakeBackups backups = new FakeBackups();
    final FakeArchive archive = new FakeArchive();
    final FakeDatabases databases = new FakeDatabases();
    final FakeMoves moves = new FakeMoves();
    final FakeCertificates certificates = new FakeCertificates();
    final FakeAlarmSinks sinks = new FakeAlarmSinks();
    final FakeRenaming renaming = new FakeRenaming();
    final FakeTargets targets = new FakeTargets();
    final FakeAppFiles appFiles = new FakeAppFiles();
    final FakeLogs logs = new FakeLogs();
    final FakeState state = new FakeState();
    final FakeUpgrade upgrade = new FakeUpgrade();
    final FakeManagerSocket socket = new FakeManagerSocket();

    Map<Class<?>, Object> all() {
        Map<Class<?>, Object> all = new HashMap<>();
        all.put(Audit.class, Fake.of(Audit.class, audit));
        all.put(Instances.class, Fake.of(Instances.class, instances));
        all.put(InstanceTransfer.class, Fake.of(InstanceTransfer.class, new FakeProofs()));
        all.put(InstanceQuotas.class, Fake.of(InstanceQuotas.class, new FakeQuotas()));
        all.put(Services.class, Fake.of(Services.class, new FakeApps()));
        all.put(ServicePlaces.class, Fake.of(ServicePlaces.class, new FakePlaces()));
        all.put(AppFiles.class, Fake.of(AppFiles.class, appFiles));
        all.put(Alarms.class, Fake.of(Alarms.class, new FakeAlarms()));
        all.put(AlarmFixes.class, Fake.of(AlarmFixes.class, new FakeFixes()));
        all.put(DatabaseStatistics.class, Fake.of(DatabaseStatistics.class, new FakeStatistics()));
        all.put(Maintenance.class, Fake.of(Maintenance.class, new FakeMaintenance()));
        all.put(Metrics.class, Fake.of(Metrics.class, new FakeMetrics()));
        all.put(Platform.class, Fake.of(Platform.class, new FakePlatform()));
        all.put(Logs.class, Fake.of(Logs.class, logs));
        all.put(Users.class, Fake.of(Users.class, new FakeUsers()));
        all.put(Access.class, Fake.of(Access.class, new FakeAccess()));
        all.put(Tokens.class, Fake.of(Tokens.class, new FakeTokens()));
        all.put(Settings.class, Fake.of(Settings.class, new FakeSettings()));
        all.put(Backups.class, Fake.of(Backups.class, backups));
        all.put(InstanceFiles.class, Fake.of(InstanceFiles.class, backups));
        all.put(PointInTime.class, Fake.of(PointInTime.class, archive));
        all.put(BackupTargets.class, Fake.of(BackupTargets.class, targets));
        all.put(Schedules.class, Fake.of(Schedules.class, new FakeSchedules()));
        all.put(Moves.class, Fake.of(Moves.class, moves));
        all.put(CommandFiles.class, Fake.of(CommandFiles.class, new FakeCommandFiles()));
        all.put(DesiredState.class, state);
        all.put(ManagerSocket.class, Fake.of(ManagerSocket.class, socket));
        all.put(DatabaseUpgrade.class, Fake.of(DatabaseUpgrade.class, upgrade));
        all.put(AlarmSinks.class, Fake.of(AlarmSinks.class, sinks));
        all.put(UserKeys.class, Fake.of(UserKeys.class, new FakeUserKeys()));
        all.put(Renaming.class, Fake.of(Renaming.class, renaming));
        all.put(BundleContext.class, Fake.of(BundleContext.class, new FakeFramework()));
        all.putAll(databases.all());
        all.putAll(certificates.all());
        return all;
    }

    private static final class FakeProofs {

        Map<Instant, Instant> proofs(InstanceId id) {
            return id.equals(ACME) ? Map.of(AT, AT) : Map.of();
        }

        Map<InstanceId, Instant> lastProofs() {
            return Map.of(ACME, AT);
        }
    }

    private static final class FakeQuotas {

        List<QuotaInfo> of(InstanceId id) {
            return List.of(new QuotaInfo(QuotaKind.CONNECTIONS, 2, Optional.of(10L), false));
        }

        List<QuotaInfo> change(InstanceId id, QuotaChange change) {
            return of(id);
        }
    }

    private static final class FakeApps {

        List<ServiceInfo> list() {
            return List.of(new ServiceInfo("files", "Files", "1.0.0", State.RUNNING, "", AT, "files.jar", 2));
        }

        Optional<ServiceInfo> find(String name) {
            return list().stream().filter(it -> it.name().equals(name)).findFirst();
        }

        void start(String name) {}

        void stop(String name) {}
    }

    private static final class FakePlaces {

        private ServicePlace place = new ServicePlace(
                Isolation.BUNDLE,
                ProcessLimits.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.of("The kernel does not enforce memory and CPU."));

        ServicePlace place(String app) {
            return place;
        }

        void isolate(String app, Isolation isolation) {
            place = new ServicePlace(
                    isolation,
                    place.limits(),
                    Optional.of(4711L),
                    Optional.of(new ServiceUse(90 << 20, 12.5, 31)),
                    place.caveat());
        }

        void limit(String app, ProcessLimits limits) {
            place = new ServicePlace(place.isolation(), limits, place.process(), place.use(), place.caveat());
        }
    }

    private static final class FakeAlarms {

        private final Map<String, AlarmInfo> active = new TreeMap<>();

        FakeAlarms() {
            for (String source : List.of("acme@example.com", "bolt@example.org", "platform")) {
                AlarmSpec spec = new AlarmSpec(source, "slow", AlarmSeverity.MAJOR, "It is slow.", "", List.of());
                active.put(source, AlarmInfo.of(spec, AT, AT, 1));
            }
        }

        List<AlarmInfo> active() {
            return List.copyOf(active.values());
        }

        List<AlarmInfo> history(int limit) {
            return active.values().stream().map(it -> it.clearedAt(AT)).toList();
        }

        boolean acknowledge(String source, String code, String by) {
            active.computeIfPresent(
                    source, (key, alarm) -> alarm.acknowledgedBy(Optional.of(new Acknowledgement(AT, by))));
            return true;
        }

        boolean clear(String source, String code) {
            return true;
        }
    }

    private static final class FakeMetrics {

        List<MetricPoint> latest() {
            return List.of(point(Optional.empty()), point(Optional.of(ACME)));
        }

        List<MetricPoint> history(Optional<InstanceId> instance, Instant since) {
            return List.of(point(instance));
        }

        private static MetricPoint point(Optional<InstanceId> instance) {
            return new MetricPoint(instance, AT, Map.of(MetricSeries.DATABASE_SIZE, 8e6));
        }
    }

    private static final class FakePlatform {

        String version() {
            return "0.1.0";
        }

        Instant started() {
            return AT;
        }

        List<URI> addresses() {
            return List.of(URI.create("http://localhost:8080"));
        }

        Map<String, Long> refusals() {
            return Map.of();
        }

        void rotateDatabasePasswords() {}
    }

    /** Everybody's password is the same. */
    private static final class FakeAccess {

        Login login(String user, char[] password, Caller.Origin origin, InetAddress from) {
            return switch (new String(password)) {
                case "sesame" -> Login.of(new Caller(user, Role.VIEWER, AccessScope.EVERYTHING, origin, "127.0.0.1"));
                case "hasty" -> Login.tooEarly(Duration.ofSeconds(4));
                default -> Login.WRONG;
            };
        }
    }

    private static final class FakeUsers {

        private final Map<String, UserInfo> users = new TreeMap<>();

        FakeUsers() {
            add("anna", Role.OPERATOR, AccessScope.EVERYTHING, Optional.empty());
            add("admin", Role.ADMINISTRATOR, AccessScope.EVERYTHING, Optional.empty());
            add("viewer", Role.VIEWER, AccessScope.EVERYTHING, Optional.empty());
        }

        List<UserInfo> list() {
            return List.copyOf(users.values());
        }

        Optional<UserInfo> find(String name) {
            return Optional.ofNullable(users.get(name));
        }

        String add(String name, Role role, AccessScope scope, Optional<String> password) {
            users.put(name, new UserInfo(name, role, scope, true, false, AT, AT));
            return password.orElse("made-up");
        }

        String setPassword(String name, Optional<String> password) {
            require(name);
            return password.orElse("made-up");
        }

        void setRole(String name, Role role, AccessScope scope) {
            users.put(name, new UserInfo(name, role, scope, true, false, AT, AT));
        }

        void setEnabled(String name, boolean enabled) {
            require(name);
        }

        void remove(String name) {
            users.remove(name);
        }

        String newTotpSecret() {
            return "JBSWY3DPEHPK3PXP";
        }

        void setTotp(String name, String secret, String code) {
            if (!code.equals("123456")) {
                throw PlatformException.invalid("The code is wrong. Look at the authenticator again.");
            }
            putTotp(name, true);
        }

        void removeTotp(String name) {
            putTotp(name, false);
        }

        private void putTotp(String name, boolean totp) {
            require(name);
            users.computeIfPresent(
                    name, (key, it) -> new UserInfo(name, it.role(), it.scope(), it.enabled(), totp, AT, AT));
        }

        private void require(String name) {
            if (!users.containsKey(name)) {
                throw PlatformException.notFound("There is no user " + name + ".");
            }
        }
    }

    private static final class FakeTokens {

        private final List<TokenInfo> tokens = new ArrayList<>();

        FakeTokens() {
            add("ci", "anna", Role.VIEWER, AccessScope.EVERYTHING, AT);
        }

        List<TokenInfo> list() {
            return List.copyOf(tokens);
        }

        String add(String name, String user, Role role, AccessScope scope, Instant expires) {
            tokens.add(new TokenInfo(name, user, role, scope, AT, expires));
            return "plat_made-up";
        }

        void remove(String name) {
            tokens.removeIf(it -> it.name().equals(name));
        }
    }

    private static final class FakeSettings {

        private Optional<String> port = Optional.empty();

        List<SettingGroup> list() {
            return List.of(new SettingGroup(
                    "platform.core.shell.ssh",
                    "SSH",
                    "The shell over SSH.",
                    List.of(
                            new Setting(
                                    "port",
                                    "Port",
                                    "",
                                    SettingType.TEXT,
                                    List.of(),
                                    Optional.of(new SettingBounds(0, 65_535)),
                                    "8101",
                                    port.isPresent(),
                                    port),
                            new Setting(
                                    "secret",
                                    "",
                                    "",
                                    SettingType.SECRET,
                                    List.of(),
                                    Optional.empty(),
                                    "",
                                    true,
                                    Optional.empty())),
                    List.of()));
        }

        Optional<SettingGroup> find(String pid) {
            return list().stream().filter(it -> it.pid().equals(pid)).findFirst();
        }

        SettingGroup change(String pid, Map<String, Optional<String>> changes, Consumer<SettingGroup> check) {
            check.accept(find(pid).orElseThrow(() -> PlatformException.notFound("There is no " + pid + ".")));
            port = changes.getOrDefault("port", port);
            return list().get(0);
        }

        void reset(String pid) {
            port = Optional.empty();
        }
    }

    private static final class FakeFixes {

        String run(AlarmInfo alarm, Caller caller) {
            return "Done for " + caller.user();
        }
    }

    private static final class FakeStatistics {

        private static final DatabaseStatus STATUS = new DatabaseStatus(
                "db_acme@example.com",
                "embedded",
                "acme",
                8_000_000,
                2,
                Optional.of(0.99),
                Optional.of(Duration.ofMillis(1500)),
                1,
                0,
                0);

        List<DatabaseStatus> databases() {
            return List.of(STATUS);
        }

        Map<String, String> away() {
            return Map.of("pg1", "Connection refused");
        }

        Optional<DatabaseStatus> database(String name) {
            return Optional.of(STATUS);
        }

        List<TableStatus> tables(String name) {
            return List.of(new TableStatus(
                    "public",
                    "file",
                    8192,
                    0,
                    3,
                    1,
                    Optional.of(10L),
                    Optional.empty(),
                    Optional.of(AT),
                    Optional.empty()));
        }

        List<LockWait> lockWaits(String name) {
            return List.of(
                    new LockWait(7, List.of(8), "AccessExclusiveLock", Optional.of("file"), Duration.ofSeconds(2)));
        }
    }

    private static final class FakeMaintenance {

        MaintenanceResult vacuum(String database, boolean full, Consumer<String> progress) {
            if (database.contains("bolt")) {
                throw new DatabaseException("The disk has no room for " + database);
            }
            progress.accept("file");
            return new MaintenanceResult(database, full ? 2 : 1, List.of(), 8192, 4096, Duration.ofSeconds(1));
        }

        MaintenanceResult reindex(String database, boolean concurrently, Consumer<String> progress) {
            return vacuum(database, concurrently, progress);
        }
    }

    /** Targets that are only remembered. */
    static final class FakeTargets {

        final Map<String, TargetSetup> all = new TreeMap<>();

        FakeTargets() {
            add(new TargetSetup(
                    "nas", "sftp://b@nas/", Optional.of(SECRET), Optional.empty(), Optional.empty(), 0, Set.of()));
        }

        List<TargetInfo> list() {
            return all.values().stream().map(FakeTargets::info).toList();
        }

        private static TargetInfo info(TargetSetup it) {
            return new TargetInfo(
                    it.name(),
                    it.address(),
                    it.secret().isPresent(),
                    it.hostKey(),
                    it.authorities(),
                    it.bytesPerSecond(),
                    new TreeSet<>(it.excluded()));
        }

        TargetInfo add(TargetSetup setup) {
            all.put(setup.name(), setup);
            return info(setup);
        }

        void remove(String name) {
            all.remove(name);
        }

        TargetTest test(String name) {
            return new TargetTest(name, List.of(new TargetStep("connect", false, "It is off.", Duration.ofMillis(5))));
        }
    }

    private static final class FakeSchedules {

        private final Map<String, ScheduleInfo> all = new TreeMap<>();

        FakeSchedules() {
            ScheduleSpec spec = new ScheduleSpec(
                    "nightly",
                    List.of("all"),
                    List.of(),
                    List.of("nas"),
                    "0 2 * * *",
                    ZoneId.of("UTC"),
                    Duration.ZERO,
                    false,
                    true,
                    Retention.EVERYTHING,
                    0,
                    Optional.empty(),
                    Optional.empty());
            add(spec);
        }

        List<ScheduleInfo> list() {
            return List.copyOf(all.values());
        }

        Optional<ScheduleInfo> find(String name) {
            return Optional.ofNullable(all.get(name));
        }

        Map<String, String> unusable() {
            return Map.of("broken", "It has no targets.");
        }

        ScheduleInfo add(ScheduleSpec spec) {
            all.put(spec.name(), new ScheduleInfo(spec, Optional.of(AT), false, Optional.empty(), List.of()));
            return all.get(spec.name());
        }

        ScheduleInfo edit(ScheduleSpec spec) {
            return add(spec);
        }

        void remove(String name) {
            all.remove(name);
        }

        ScheduleInfo run(String name, Consumer<String> progress, Function<String, BackupProgress> underWay) {
            underWay.apply("acme@example.com").at("dump", 1, 2);
            progress.accept("acme@example.com");
            return all.get(name);
        }
    }
}
