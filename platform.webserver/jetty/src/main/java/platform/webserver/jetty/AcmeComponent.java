package platform.webserver.jetty;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.AcmeCertificates;
import platform.webserver.api.AcmeStatus;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.Certificates;
import platform.webserver.api.WebserverException;

/**
 * Obtains and renews certificates while the webserver runs: looks soon after the start and once a day, at no fixed time of
 * day, so that not all platforms of the world ask at once.
 */
@Component(configurationPid = AcmeComponent.PID, immediate = true)
@Designate(ocd = AcmeConfig.class)
public final class AcmeComponent implements AcmeCertificates {

    static final String PID = "platform.webserver.acme";

    private static final Logger LOG = LoggerFactory.getLogger(AcmeComponent.class);
    private static final int EARLIEST_SECONDS = 5;
    private static final int START_SPREAD_SECONDS = 60;
    private static final int SPREAD_SECONDS = 3600;

    private final Random random = new Random();
    private final Clock clock = Clock.systemUTC();
    private final ScheduledThreadPoolExecutor timer;
    private final AcmeRenewal renewal;
    private final String mistake;

    @Activate
    public AcmeComponent(
            BundleContext context,
            AcmeConfig config,
            @Reference AcmeChallenges challenges,
            @Reference Certificates certificates) {
        String data = context.getProperty("platform.data");
        Path folder = Path.of(data == null ? "data" : data);
        AcmeSettings settings = null;
        String wrong = "";
        try {
            settings = AcmeSettings.of(config, folder);
        } catch (WebserverException e) {
            LOG.error("{}", e.getMessage());
            wrong = e.getMessage();
        }
        this.mistake = wrong;
        this.renewal = settings == null ? null : renewal(settings, folder, challenges, certificates);
        this.timer = new ScheduledThreadPoolExecutor(1, task -> daemon(new Thread(task, "acme")));
        if (settings != null && !settings.isOff()) {
            schedule(Duration.ofSeconds(EARLIEST_SECONDS + random.nextInt(START_SPREAD_SECONDS)));
        }
    }

    private AcmeRenewal renewal(
            AcmeSettings settings, Path folder, AcmeChallenges challenges, Certificates certificates) {
        AcmeKeys keys = new AcmeKeys(folder.resolve("secrets"));
        AcmeClient client = new AcmeClient(settings, keys, challenges, clock, time -> Thread.sleep(time.toMillis()));
        return new AcmeRenewal(settings, client, certificates, clock);
    }

    private static Thread daemon(Thread thread) {
        thread.setDaemon(true);
        return thread;
    }

    private void schedule(Duration delay) {
        try {
            timer.schedule(this::check, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The webserver stops; no certificate is obtained any more", e);
        }
    }

    private void check() {
        Duration wait = Duration.ofDays(1);
        try {
            Instant next = renewal.check();
            Duration needed = Duration.between(clock.instant(), next);
            wait = needed.isNegative() ? Duration.ZERO : needed;
        } catch (RuntimeException e) {
            LOG.error("Certificates could not be looked after; that is tried again in a day", e);
        }
        schedule(wait.plusSeconds(EARLIEST_SECONDS + random.nextInt(SPREAD_SECONDS)));
    }

    @Deactivate
    void stop() {
        if (renewal != null) {
            renewal.close();
        }
        timer.shutdownNow();
    }

    @Override
    public List<AcmeStatus> status() {
        return renewal == null ? List.of() : renewal.status();
    }

    @Override
    public CertificateInfo obtain(String host, Consumer<String> progress) {
        if (renewal == null) {
            throw new WebserverException(mistake);
        }
        return renewal.obtain(host, progress);
    }
}
