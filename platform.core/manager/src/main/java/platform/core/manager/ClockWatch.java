package platform.core.manager;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Alarms;
import platform.core.instance.Workers;

/** Looks at the clock every ten seconds, and asks the configured time servers now and then. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "platform.core.manager.clock")
@Designate(ocd = ClockConfig.class)
public final class ClockWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final int SECONDS = 10;

    private final ClockAlarms alarms;
    private final List<TimeServer> servers;
    private final List<ScheduledFuture<?>> timers;

    @Activate
    public ClockWatch(@Reference Alarms alarms, @Reference Workers workers, ClockConfig config) {
        Clock clock = Clock.systemUTC();
        Duration tolerance = Duration.ofSeconds(Math.max(1, config.tolerance_seconds()));
        this.alarms = new ClockAlarms(alarms, clock, System::nanoTime, tolerance);
        this.servers = Arrays.stream(config.servers().split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .map(name -> new TimeServer(name, TimeServer.PORT, clock))
                .toList();
        this.timers = List.of(
                workers.timer().scheduleWithFixedDelay(this.alarms::compare, SECONDS, SECONDS, TimeUnit.SECONDS),
                workers.timer()
                        .scheduleWithFixedDelay(
                                () -> workers.pool().execute(this::ask),
                                0,
                                Math.max(1, config.period_minutes()),
                                TimeUnit.MINUTES));
    }

    /** The first that answers is believed. */
    private void ask() {
        for (TimeServer server : servers) {
            try {
                alarms.offset(server.name(), server.offset());
                return;
            } catch (IOException e) {
                LOG.warn("The time server {} does not tell the time: {}", server.name(), e.toString());
            }
        }
    }

    @Deactivate
    void close() {
        timers.forEach(timer -> timer.cancel(false));
    }
}
