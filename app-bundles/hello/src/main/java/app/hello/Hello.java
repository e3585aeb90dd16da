package app.hello;

import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;
import platform.core.api.PlatformApp;
import platform.webserver.api.WebSocketListenerFactory;

// region service
/** The app: starts an instance for whoever was given one. */
@PlatformApp(name = "hello", title = "Hello")
@Component
public final class Hello implements AppService {

    private static final Logger LOG = LoggerFactory.getLogger(Hello.class);

    @Override
    public AppInstance start(AppContext context) {
        context.web().files("/", Hello.class, "/web");
        context.web().webSocket("/echo", WebSocketListenerFactory.nonBlocking(session -> new Echo()));
        context.appSocket("/hello", session -> new Greeter());
        context.web().servlet("/who", new Who(context));
        context.web().servlet("/visits", new Visits(context.dataSource()));
        LOG.info("{} greets at {}/", context.id(), context.webPath());
        return new AppInstance() {};
    }
}
// endregion
