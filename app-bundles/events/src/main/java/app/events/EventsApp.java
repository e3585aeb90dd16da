package app.events;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;
import platform.core.api.PlatformApp;
import platform.webserver.api.ServletOptions;

/**
 * Keeps the alarms and events that platforms tell it at {@code <path>/alarms}, and shows them at {@code <path>/}. Its settings
 * {@code days} and {@code rows} bound what is kept.
 */
@PlatformApp(name = "events", title = "Events")
@Component
public final class EventsApp implements AppService {

    private static final Logger LOG = LoggerFactory.getLogger(EventsApp.class);
    private static final int BODY = 64 * 1024;

    @Override
    public AppInstance start(AppContext context) {
        Duration age = Duration.ofDays(setting(context.settings(), "days", 90));
        int rows = setting(context.settings(), "rows", 100_000);
        Store store = new Store(context.dataSource());
        Viewers viewers = new Viewers(store, context.clock());
        Gate gate = new Gate(context::isPassword, context.clock());
        context.web().files("/", EventsApp.class, "/web");
        context.web()
                .servlet(
                        "/alarms",
                        ServletOptions.DEFAULT.withMaxBody(BODY),
                        new AddServlet(context.id(), gate, store, context.clock(), viewers::tell));
        context.appSocket("/events", session -> viewers);
        context.executor().every(Duration.ofHours(1), () -> trim(context, store, age, rows));
        LOG.info(
                "{} takes alarms at {}/alarms, and keeps {} for {} days",
                context.id(),
                context.webPath(),
                rows,
                age.toDays());
        return new AppInstance() {};
    }

    private static int setting(Map<String, String> settings, String name, int usual) {
        String text = settings.getOrDefault(name, String.valueOf(usual));
        if (!text.matches("[1-9][0-9]{0,7}")) {
            throw new IllegalArgumentException(
                    "The setting " + name + "=" + text + " is no number from 1 to 99999999, such as " + usual + ".");
        }
        return Integer.parseInt(text);
    }

    private static void trim(AppContext context, Store store, Duration age, int rows) {
        try {
            int forgotten = store.trim(context.clock().instant().minus(age), rows);
            LOG.debug("{} has forgotten {} old events", context.id(), forgotten);
        } catch (SQLException e) {
            LOG.warn("{}: Old events cannot be forgotten now: {}", context.id(), e.getMessage());
        }
    }
}
