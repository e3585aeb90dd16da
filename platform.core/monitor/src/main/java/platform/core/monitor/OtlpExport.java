package platform.core.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private final Platform platform;
    private final Metrics metrics;
    private final Alarms alarms;
    private final Clock clock = Clock.systemUTC();
    private final URI endpoint;
    private final String[] headers;
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
            this.endpoint = null;
            this.headers = new String[0];
            this.timer = null;
            alarms.clear(SOURCE, CODE);
            return;
        }
        this.endpoint = endpoint(config.otlp_endpoint().strip());
        this.headers = headers(config.otlp_headers_file().strip());
        int seconds = Math.min(3600, Math.max(5, config.otlp_interval()));
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "otlp-export");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::export, seconds, seconds, TimeUnit.SECONDS);
        LOG.info("What is measured is sent to {} every {} s", endpoint, seconds);
    }

    private static URI endpoint(String text) {
        URI uri = URI.create(text);
        if (!List.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException("otlp.endpoint in etc/platform.core.monitor.cfg is '" + text
                    + "': give the address of a collector, https://collector.example.com:4318/v1/metrics");
        }
        return uri;
    }

    private String[] headers(String file) {
        if (file.isEmpty()) {
            return new String[0];
        }
        if (!endpoint.getScheme().equals("https") && !isThisMachine(endpoint.getHost())) {
            throw new IllegalArgumentException("otlp.headers.file in etc/platform.core.monitor.cfg would be sent to "
                    + endpoint + " for everybody to read: use https");
        }
        Path path = platform.data().resolve("secrets").resolve(Path.of(file).getFileName());
        try {
            List<String> headers = new ArrayList<>();
            for (String line : Files.readAllLines(path)) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    headers.add(line.substring(0, colon).strip());
                    headers.add(line.substring(colon + 1).strip());
                }
            }
            return headers.toArray(String[]::new);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "otlp.headers.file in etc/platform.core.monitor.cfg: " + path
                            + " cannot be read. Write the headers into it, and let only the platform's user read it",
                    e);
        }
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (IOException e) {
            LOG.debug("{} has no address", host, e);
            return false;
        }
    }

    private void export() {
        try {
            send();
            if (alarms.clear(SOURCE, CODE)) {
                LOG.info("{} takes what is measured again", endpoint);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} does not take what is measured", endpoint, e);
            alarms.raise(new AlarmSpec(
                    SOURCE,
                    CODE,
                    AlarmSeverity.MINOR,
                    "The collector " + endpoint + " does not take what is measured.",
                    String.valueOf(e),
                    List.of()));
        }
    }

    /** @throws IOException when it was not taken */
    void send() throws IOException, InterruptedException {
        String body = OtlpJson.of(
                        metrics.families(),
                        platform.started(),
                        clock.instant(),
                        InetAddress.getLocalHost().getHostName(),
                        platform.version())
                .toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
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
