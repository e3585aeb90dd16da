package platform.core.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import platform.webserver.api.PageSockets;
import platform.webserver.api.WebSocketOptions;

/** Where clients are told of what changes, without asking. One thread serves them all. */
final class LivePage implements AutoCloseable {

    /** Below the API's own path. */
    static final String PATH = "/live";

    private static final int UPGRADE_REQUIRED = 426;
    private static final long PERIOD = 1;

    private final PageSockets sockets;
    private final PageSockets.Page page;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread made = new Thread(work, "rest live");
        made.setDaemon(true);
        return made;
    });

    LivePage(PageSockets sockets, Parts parts, Tasks tasks) {
        LiveHub hub = new LiveHub(parts, tasks);
        this.sockets = sockets;
        this.page = sockets.open(
                RestApplication.PATH + PATH,
                thread,
                WebSocketOptions.DEFAULT,
                session -> new LiveSocket(hub, parts, session));
        thread.scheduleWithFixedDelay(hub::look, PERIOD, PERIOD, TimeUnit.SECONDS);
    }

    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (sockets.isWanted(request)) {
            page.accept(request, new LiveUser(Callers.of(request), Instant.now()));
            return;
        }
        response.setStatus(UPGRADE_REQUIRED);
        response.setHeader("Upgrade", "websocket");
        response.setContentType(Problem.TYPE);
        Problem problem = new Problem(UPGRADE_REQUIRED, "Upgrade Required", "This is a WebSocket. Open one.");
        response.getOutputStream().write(JsonFormat.MAPPER.writeValueAsBytes(problem));
    }

    @Override
    public void close() {
        page.close();
        thread.shutdown();
    }
}
