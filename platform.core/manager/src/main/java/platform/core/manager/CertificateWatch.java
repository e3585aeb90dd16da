package platform.core.manager;

import java.time.Clock;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Alarms;
import platform.core.instance.Workers;
import platform.webserver.api.Certificates;

/** Looks at the certificates whenever the webserver has started, and then once an hour. */
@Component(
        service = {},
        immediate = true)
public final class CertificateWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final long HOURS = 1;

    private final CertificateAlarms alarms;
    private final ScheduledFuture<?> timer;

    @Activate
    public CertificateWatch(
            @Reference Certificates certificates, @Reference Alarms alarms, @Reference Workers workers) {
        this.alarms = new CertificateAlarms(certificates, alarms, Clock.systemUTC());
        this.timer = workers.timer()
                .scheduleWithFixedDelay(() -> workers.pool().execute(this::check), 0, HOURS, TimeUnit.HOURS);
    }

    private void check() {
        try {
            alarms.check();
        } catch (RuntimeException e) {
            LOG.error("The certificates could not be looked at; that is tried again in an hour", e);
        }
    }

    @Deactivate
    void close() {
        timer.cancel(false);
    }
}
