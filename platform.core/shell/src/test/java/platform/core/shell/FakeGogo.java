package platform.core.shell;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.gogo.runtime.CommandProxy;
import platform.core.api.Caller;
import platform.core.state.StateService;
import platform.db.api.DiskLevel;
import platform.db.api.DiskStatus;

/** The real Gogo without a framework, with our commands on fake services. */
final class FakeGogo implements AutoCloseable {

    /** The platform's own user. */
    static final Caller ROOT = Caller.local("somebody");

    private static final DiskStatus DISK = new DiskStatus(
            DiskLevel.LOW,
            16_000_000_000L,
            1_100_000_000L,
            400_000_000,
            500_000_000,
            1_600_000_000,
            800_000_000,
            100_000_000);

    final FakeServices services = new FakeServices();
    final FakeInstances instances = new FakeInstances();
    final FakeCertificates certificates = new FakeCertificates();
    final FakeAcme acme = new FakeAcme();
    final FakeAlarms alarms = new FakeAlarms();
    final FakeAlarmSinks alarmSinks = new FakeAlarmSinks();
    final FakeRenaming renaming = new FakeRenaming();
    final FakeDatabases databases = new FakeDatabases();
    final FakeBackups backups = new FakeBackups();
    final FakePlaces places = new FakePlaces();
    final FakeInstanceFiles files = new FakeInstanceFiles();
    final FakeQuotas quotas = new FakeQuotas();
    final FakeBackupTargets backupTargets = new FakeBackupTargets();
    final FakeRegistry registry = new FakeRegistry();
    final FakeSchedules schedules = new FakeSchedules();
    final FakeCommandFiles commandFiles = new FakeCommandFiles();
    final FakePointInTime archive = new FakePointInTime();
    final FakeMoves moves = new FakeMoves();
    final FakeUpgrade upgrade = new FakeUpgrade();
    final FakeMetrics metrics = new FakeMetrics();
    final FakeLogs logs = new FakeLogs();
    final FakeSettings settings = new FakeSettings();
    final FakePlatform platform = new FakePlatform();
    final FakeAudit audit = new FakeAudit();
    final FakeUsers users = new FakeUsers();
    final FakeKeys keys = new FakeKeys();
    final FakeTokens tokens = new FakeTokens();
    final FakeManagerSocket socket = new FakeManagerSocket();
    final ShellProcessor processor =
            new ShellProcessor(null, new Guard(() -> Optional.of(audit), this::find), () -> Optional.of(users));

    <T> Optional<T> find(Class<T> type) {
        return Stream.of(instances, quotas, users, services, places, alarmSinks, settings)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    FakeGogo() {
        add("app", new AppCommands(services, places), "list", "info", "start", "stop", "restart");
        add("app", new PlaceCommands(services, places), "isolation", "limit");
        add(
                "instance",
                new InstanceCommands(instances, services, platform, backups, quotas),
                "create",
                "list",
                "info",
                "start",
                "stop",
                "restart",
                "edit",
                "set-password",
                "rotate-db-password",
                "delete",
                "clone",
                "move-database");
        add("instance", new TransferCommands(instances, files, backups), "export", "import");
        add("instance", new MoveCommands(instances, moves), "move", "accept-move");
        add("instance", new QuotaCommands(instances, quotas), "quota");
        add("instance", new LimitCommands(instances, quotas), "limit");
        add("instance", new TraceCommands(instances), "trace");
        add("certificate", new CertificateCommands(certificates), "list", "import", "remove");
        add("certificate", new AcmeCommands(acme), "acme", "obtain");
        add("alarm", new AlarmCommands(alarms), "list", "info", "history", "ack", "fix", "clear");
        add("alarm", new AlarmSinkCommands(alarmSinks), "sink");
        add("db", new DatabaseCommands(instances, databases, databases), "list", "info", "vacuum", "reindex");
        add("db", new SqlCommands(instances, quotas, databases), "sql");
        add("db", new AccessCommands(instances, databases), "access");
        add("db", new ExtensionCommands(instances, databases), "extension");
        add("db", new ServerCommands(instances, new FakeServers()), "servers");
        add("db", new RegistryCommands(registry, new FakeServers()), "server");
        add("db", new UpgradeCommands(instances, upgrade), "upgrade");
        add("platform", new PlatformCommands(platform), "info", "rotate-db-password", "shutdown", "help");
        addBackups();
        add("system", new SystemCommands(platform), "shutdown");
        add("platform", new RenameCommands(renaming), "rename");
        add("platform", new MetricCommands(instances, metrics), "metrics");
        add("instance", new TopCommands(instances, metrics), "top");
        add("platform", new DiskCommands(() -> DISK, instances, databases), "disk");
        add(
                "user",
                new UserCommands(users, users),
                "add",
                "list",
                "passwd",
                "role",
                "disable",
                "enable",
                "remove",
                "totp");
        addAccess();
        addSettings();
        add("gogo", new TextCommands(processor), "cat", "echo", "grep", "sleep", "sort", "watch");
        add("gogo", new Procedural(), "each", "if", "throw", "try");
    }

    private void addBackups() {
        add(
                "backup",
                new BackupCommands(instances, backups, backupTargets),
                "run",
                "list",
                "verify",
                "restore",
                "drill",
                "key");
        add("backup", new BackupTargetCommands(backupTargets), "target");
        add("backup", new ScheduleCommands(schedules), "schedule");
        add("backup", new ArchiveCommands(archive), "archive");
        add("instance", new TimeRestoreCommands(instances, archive), "restore");
        add("backup", new CommandFileCommands(commandFiles), "command-file");
    }

    private void addAccess() {
        add("user", new KeyCommands(keys, users), "key");
        add("token", new TokenCommands(tokens, users), "add", "list", "remove");
        add("manager", new ManagerSocketCommands(socket), "socket");
        add("audit", new AuditCommands(audit), "list", "verify", "export");
    }

    private void addSettings() {
        add("config", new ConfigCommands(settings), "list", "get", "set", "edit", "unset");
        add("log", new LogCommands(logs, settings), "display", "tail", "get", "set");
        add(
                "state",
                new StateCommands(new StateService(
                        settings,
                        certificates,
                        services,
                        places,
                        new FakeAppFiles(services),
                        instances,
                        quotas,
                        backupTargets,
                        schedules,
                        alarmSinks,
                        users,
                        platform)),
                "export",
                "diff",
                "apply");
    }

    void add(String scope, Object target, String... functions) {
        for (String function : functions) {
            processor.removeCommand(scope, function);
            processor.add(scope, function, GuardedCommand.Source.of(new CommandProxy(target, function)), 0);
        }
    }

    @Override
    public void close() {
        processor.stop();
    }
}
