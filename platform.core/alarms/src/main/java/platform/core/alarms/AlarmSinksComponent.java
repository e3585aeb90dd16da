package platform.core.alarms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmListener;
import platform.core.api.AlarmSinks;
import platform.core.api.Alarms;
import platform.core.api.Platform;
import platform.core.api.PlatformException;
import platform.core.api.SinkInfo;
import platform.core.api.SinkSetup;

/** The sinks while the platform runs. */
@Component(immediate = true)
public final class AlarmSinksComponent implements AlarmSinks {

    private static final Logger LOG = LoggerFactory.getLogger(AlarmSinksComponent.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final Path folder;
    private final SinkFiles files;
    private final Alarms alarms;
    private final Sender sender;
    private final Duration firstPause;
    private final Clock clock = Clock.systemUTC();
    private final ConcurrentSkipListMap<String, Delivery> deliveries = new ConcurrentSkipListMap<>();
    private ServiceRegistration<AlarmListener> registration;

    /** Listens by hand: as a service of this component it would be asked for before it is there. */
    @Activate
    public AlarmSinksComponent(BundleContext context, @Reference Platform platform, @Reference Alarms alarms) {
        this(platform.data(), alarms, FIRST_PAUSE);
        this.registration = context.registerService(AlarmListener.class, this::changed, null);
        start();
    }

    AlarmSinksComponent(Path data, Alarms alarms, Duration firstPause) {
        this.folder = data.resolve("alarms");
        this.files = new SinkFiles(data.resolve("secrets").resolve("alarm-sinks"));
        this.alarms = alarms;
        this.firstPause = firstPause;
        try {
            this.sender = Sender.of(folder);
            files.list().forEach(this::open);
        } catch (IOException e) {
            throw new UncheckedIOException("The alarm sinks in " + data + " cannot be read: " + e, e);
        }
    }

    /** Once it hears of changes, so that none is missed in between. */
    void start() {
        deliveries.values().forEach(delivery -> delivery.start(clock));
    }

    @Deactivate
    void close() {
        if (registration != null) {
            registration.unregister();
        }
        deliveries.values().forEach(Delivery::close);
    }

    void changed(AlarmInfo alarm) {
        deliveries.values().forEach(delivery -> delivery.changed(alarm));
    }

    private void open(SinkSpec spec) {
        try {
            SinkQueue queue = new SinkQueue(
                    folder.resolve(spec.name() + ".json"), spec.setup().severity());
            deliveries.put(spec.name(), new Delivery(spec, sink(spec), queue, alarms, firstPause));
        } catch (IOException e) {
            LOG.error("The alarm sink {} is not told: {}", spec.name(), e.getMessage());
        }
    }

    private AlarmSink sink(SinkSpec spec) throws IOException {
        return switch (spec.scheme()) {
            case "http", "https" -> new HttpSink(spec, sender);
            case "smtp", "smtps" -> new MailSink(spec, sender);
            default -> new SyslogSink(spec, sender);
        };
    }

    @Override
    public List<SinkInfo> list() {
        return deliveries.values().stream().map(Delivery::info).toList();
    }

    @Override
    public synchronized SinkInfo add(SinkSetup setup) {
        SinkSpec spec = SinkSpec.of(setup);
        try {
            sink(spec); // says now what is wrong with its file of authorities
            files.keep(spec);
        } catch (IOException e) {
            throw PlatformException.failed("The sink " + spec.name() + " is not added: " + e.getMessage(), e);
        }
        Delivery former = deliveries.remove(spec.name());
        if (former != null) {
            former.close();
        }
        open(spec);
        Delivery delivery = need(spec.name());
        delivery.start(clock);
        LOG.info("Alarms are told to the sink {}, {}", spec.name(), spec.uri());
        return delivery.info();
    }

    @Override
    public synchronized void remove(String name) {
        Delivery delivery = need(name);
        try {
            files.remove(name);
        } catch (IOException e) {
            throw PlatformException.failed("The sink " + name + " cannot be removed: " + e, e);
        }
        deliveries.remove(name);
        delivery.forget();
        LOG.info("Alarms are not told to the sink {} any more", name);
    }

    @Override
    public String test(String name) {
        Delivery delivery = need(name);
        try {
            // Another one than the queue uses, which may be waiting for the server.
            return sink(delivery.spec()).tell(List.of(AlarmEvent.test(name, clock.instant())));
        } catch (IOException e) {
            throw PlatformException.failed("The sink " + name + " was not told: " + message(e), e);
        }
    }

    private static String message(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private Delivery need(String name) {
        Delivery found = deliveries.get(name);
        if (found == null) {
            throw PlatformException.notFound(
                    "There is no alarm sink '" + name.replaceAll("\\p{Cntrl}", "?") + "'. See alarm:sink list.");
        }
        return found;
    }
}
