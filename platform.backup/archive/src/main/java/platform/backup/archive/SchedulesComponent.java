package platform.backup.archive;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupProgress;
import platform.backup.api.ScheduleInfo;
import platform.backup.api.ScheduleSpec;
import platform.backup.api.Schedules;
import platform.backup.api.TargetInfo;
import platform.core.api.Alarms;
import platform.core.api.InstanceTransfer;
import platform.core.api.Instances;

/** The schedules while the platform runs: looks every few seconds what is due, and what is wrong. */
@Component(service = Schedules.class, immediate = true, configurationPid = SchedulerConfig.PID)
public final class SchedulesComponent implements Schedules {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulesComponent.class);
    private static final int SECONDS = 15;

    private final ScheduleBook book;
    private final ScheduleStates states;
    private final Scheduler scheduler;
    private final ScheduledProofs proofs;
    private final ScheduleAlarms alarms;
    private final KeptSchedules schedules;
    private final Clock clock = Clock.systemUTC();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(ScheduledRun::thread);

    @Activate
    public SchedulesComponent(
            BundleContext context,
            SchedulerConfig config,
            @Reference ScheduleBook book,
            @Reference BackupGate gate,
            @Reference Targets targets,
            @Reference Instances instances,
            @Reference InstanceTransfer transfer,
            @Reference Alarms alarms,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    BackupRunner runner) {
        Path data = DataFolder.of(context);
        Selection selection = new Selection(instances, transfer::departures);
        int parallel = Math.max(1, Math.min(config.parallel(), 8));
        this.book = book;
        this.states = new ScheduleStates(data.resolve("backups/state"));
        this.scheduler = new Scheduler(book, states, selection, Optional.ofNullable(runner), gate, clock, parallel);
        this.proofs = new ScheduledProofs(
                book,
                new ProofStates(data.resolve("backups/state")),
                selection,
                Optional.ofNullable(runner),
                gate,
                clock);
        this.alarms = new ScheduleAlarms(alarms, selection, clock);
        this.schedules = new KeptSchedules(
                book,
                states,
                scheduler,
                () -> targets.list().stream().map(TargetInfo::name).toList(),
                targets::mustBeElsewhere,
                data.resolve("etc"),
                clock);
        timer.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            scheduler.tick();
            proofs.tick();
            alarms.check(book, entry -> states.of(entry, clock.instant()), proofs::state);
        } catch (RuntimeException e) {
            LOG.error("The backup schedules could not be looked after; that is tried again in a moment", e);
        }
    }

    @Deactivate
    void close() {
        timer.shutdownNow();
        scheduler.stop();
    }

    @Override
    public List<ScheduleInfo> list() {
        return schedules.list();
    }

    @Override
    public Optional<ScheduleInfo> find(String name) {
        return schedules.find(name);
    }

    @Override
    public Map<String, String> unusable() {
        return schedules.unusable();
    }

    @Override
    public ScheduleInfo add(ScheduleSpec spec) {
        return schedules.add(spec);
    }

    @Override
    public ScheduleInfo edit(ScheduleSpec spec) {
        return schedules.edit(spec);
    }

    @Override
    public void remove(String name) {
        schedules.remove(name);
    }

    @Override
    public ScheduleInfo run(String name, Consumer<String> ended, Function<String, BackupProgress> underWay) {
        return schedules.run(name, ended, underWay);
    }

    @Override
    public List<Instant> next(String name, int count) {
        return schedules.next(name, count);
    }
}
