package platform.backup.archive;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.CommandFileReport;
import platform.backup.api.CommandFileStatus;
import platform.backup.api.CommandFileStep;
import platform.backup.api.CommandFiles;
import platform.core.api.Alarms;
import platform.core.api.InstanceTransfer;
import platform.core.api.Instances;
import platform.core.api.Platform;
import platform.core.api.ServiceInfo;
import platform.core.api.Services;

/** The command file while the platform runs. */
@Component(service = CommandFiles.class, immediate = true, configurationPid = KeptCommandFile.PID)
@Designate(ocd = CommandFileConfig.class)
public final class CommandFilesComponent implements CommandFiles {

    private static final Logger LOG = LoggerFactory.getLogger(CommandFilesComponent.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SECONDS = 15;

    private final KeptCommandFile file;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(ScheduledRun::thread);

    @Activate
    public CommandFilesComponent(
            BundleContext context,
            CommandFileConfig config,
            @Reference BackupGate gate,
            @Reference Instances instances,
            @Reference InstanceTransfer transfer,
            @Reference Services services,
            @Reference Platform platform,
            @Reference Alarms alarms,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    BackupRunner runner) {
        Path data = DataFolder.of(context);
        Clock clock = Clock.systemUTC();
        CommandFileState state = new CommandFileState(data.resolve("backups/state/command-file.properties"));
        PlatformFacts facts = new PlatformFacts(
                platform.version(),
                PlatformFacts.macOfThisMachine(),
                platform.started(),
                app -> services.find(app).map(ServiceInfo::version).orElse("0"));
        Selection selection = new Selection(instances, transfer::departures);
        this.file = new KeptCommandFile(
                new CommandFileFetcher(PATIENCE),
                (zone, dryRun, ended, underWay) -> new CommandFileRun(
                        selection, facts, Optional.ofNullable(runner), state, clock, zone, dryRun, ended, underWay),
                state,
                gate,
                alarms,
                data.resolve("etc"),
                clock);
        modified(config);
        timer.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    @Modified
    void modified(CommandFileConfig config) {
        try {
            file.take(KeptCommandFile.Setting.of(config));
        } catch (BackupException e) {
            LOG.error("etc/{}.cfg is unusable: {}", KeptCommandFile.PID, e.getMessage());
        }
    }

    private void look() {
        try {
            file.tick();
        } catch (RuntimeException e) {
            LOG.error("The command file could not be looked after; that is tried again in a moment", e);
        }
    }

    @Deactivate
    void close() {
        timer.shutdownNow();
    }

    @Override
    public CommandFileReport run(
            URI url, boolean dryRun, Consumer<CommandFileStep> ended, Function<String, BackupProgress> underWay) {
        return file.run(url, dryRun, ended, underWay);
    }

    @Override
    public CommandFileStatus set(URI url, Duration interval) {
        return file.set(url, interval);
    }

    @Override
    public void off() {
        file.off();
    }

    @Override
    public CommandFileStatus status() {
        return file.status();
    }
}
