package platform.core.bench.app;

import org.osgi.service.component.annotations.Component;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;
import platform.core.api.PlatformApp;

/** The app: a socket of each instance that speaks to all its others, a file, how long a loan takes, rows to write, and faults. */
@PlatformApp(name = "bench", title = "Benchmark")
@Component
public final class BenchApp implements AppService {

    @Override
    public AppInstance start(AppContext context) {
        Broadcast broadcast = new Broadcast();
        context.web().files("/files", BenchApp.class, "/web");
        context.web().webSocket("/broadcast", session -> broadcast);
        context.web().servlet("/borrow", new Borrowing(context.dataSource()));
        context.web().servlet("/write", new Writing(context.dataSource()));
        context.web().servlet("/misbehave", new Misbehaving(context.executor()));
        return new AppInstance() {};
    }
}
