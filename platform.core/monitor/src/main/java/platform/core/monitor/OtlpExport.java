package platform.core.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;
import platform.core.api.Metrics;
import platform.core.api.Platform;

/**
 * Sends what is measured to a collector of OpenTelemetry, if one is configured. Counters count from the platform's start, so that
 * what could not be sent is in the next message.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "platform.core.monitor")
@Designate(ocd = MonitorConfig.class)
public final class OtlpExport {

    private static final Logger LOG = LoggerFactory.getLogger(OtlpExport.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SOURCE = "monitor";
    private static final String CODE = "export-failing";
    private static final List<String> FIX = List.of("config:list", "platform.core.monitor");

    private final Platform platform;
    private final Metrics metrics;
    private final Alarms alarms;
    private final Clock clock = Clock.systemUTC();
    private final Optional<OtlpTarget> target;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ScheduledExecutorService timer;

    @Activate
    public OtlpExport(
            @Reference Platform platform, @Reference Metrics metrics, @Reference Alarms alarms, MonitorConfig config) {
        this.platform = platform;
        this.metrics = metrics;
        this.alarms = alarms;
        if (config.otlp_endpoint().isBlank()) {
            alarms.clear(SOURCE, CODE);
        }
        this.target = target(config);
        this.timer = target.map(it -> start(it, config.otlp_interval())).orElse(null);
    }

    private ScheduledExecutorService start(OtlpTarget collector, int interval) {
        int seconds = Math.min(3600, Math.max(5, interval));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "otlp-export");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(() -> export(collector), seconds, seconds, TimeUnit.SECONDS);
        LOG.info("What is measured is sent to {} every {} s", collector.endpoint(), seconds);
        return timer;
    }

    private Optional<OtlpTarget> target(MonitorConfig config) {
        try {
            return OtlpTarget.of(config, platform.data().resolve("secrets"));
        } catch (IllegalArgumentException e) {
            LOG.error("Nothing is sent: {}", e.getMessage());
            raise("What is measured is sent to no collector: a setting is wrong.", e.getMessage());
            return Optional.empty();
        }
    }

    private void raise(String text, String cause) {
        alarms.raise(new AlarmSpec(SOURCE, CODE, AlarmSeverity.MINOR, text, cause, FIX));
    }

    private void export(OtlpTarget collector) {
        try {
            send(collector);
            if (alarms.clear(SOURCE, CODE)) {
                LOG.info("{} takes what is measured again", collector.endpoint());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} does not take what is measured", collector.endpoint(), e);
            raise("The collector " + collector.endpoint() + " does not take what is measured.", String.valueOf(e));
        }
    }

    /** Sends now, if there is a collector. */
    void send() throws IOException, InterruptedException {
        if (target.isPresent()) {
            send(target.get());
        }
    }

    /** @throws IOException when it was not taken */
    private void send(OtlpTarget collector) throws IOException, InterruptedException {
        String body = OtlpJson.of(
                        metrics.families(),
                        platform.started(),
                        clock.instant(),
                        InetAddress.getLocalHost().getHostName(),
                        platform.version())
                .toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(collector.endpoint())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        collector.headers().forEach(request::header);
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("HTTP " + answer.statusCode() + ": "
                    + answer.body().lines().findFirst().orElse(""));
        }
    }

    @Deactivate
    void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
