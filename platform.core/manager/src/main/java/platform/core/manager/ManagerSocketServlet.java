package platform.core.manager;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import platform.core.api.AppSession;
import platform.core.api.Audit;
import platform.core.api.InstanceId;
import platform.core.api.Instances;
import platform.core.api.Services;
import platform.core.appsocket.AppSocketHost;
import platform.core.appsocket.AppSockets;
import platform.core.instance.CodeScope;
import platform.core.instance.SerialExecutor;
import platform.core.instance.Workers;
import platform.webserver.api.PageSockets;
import platform.webserver.api.PrivateRequests;
import platform.webserver.api.WebSocketOptions;

/**
 * The manager's socket, for installers that know the original: {@code /manager}, with the login of app sockets. While it has no password
 * there is nothing.
 */
@Component(
        service = Servlet.class,
        property = HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=" + ManagerSocketServlet.PATH)
public final class ManagerSocketServlet extends HttpServlet {

    static final String PATH = "/manager";

    /** By which log lines and {@code AppLoginResult} name it. */
    private static final InstanceId ID = new InstanceId(ManagerSession.USER, "platform");

    private static final long serialVersionUID = 1L;
    private static final Duration END = Duration.ofSeconds(2);

    private final transient SocketPassword password;
    private final transient PageSockets sockets;
    private final transient ManagerRequests requests;
    private final transient Audit audit;
    private final transient Executor workers;
    private final transient SerialExecutor executor;
    private final transient PageSockets.Page page;

    @Activate
    public ManagerSocketServlet(
            @Reference SocketPassword password,
            @Reference PageSockets sockets,
            @Reference Services services,
            @Reference Instances instances,
            @Reference Audit audit,
            @Reference Workers workers) {
        this.password = password;
        this.sockets = sockets;
        this.requests = new ManagerRequests(ManagerSocketServlet::version, services, instances);
        this.audit = audit;
        this.workers = workers.pool();
        this.executor = new SerialExecutor(ID.toString(), workers);
        executor.open(new CodeScope(ID.domain(), ID, ManagerSocketServlet.class.getClassLoader()));
        AppSocketHost host = new AppSocketHost(ID, PATH, password::accepted, executor, Clock.systemUTC());
        this.page = sockets.open(
                PATH,
                executor.unlimited(),
                WebSocketOptions.DEFAULT.withRemote(),
                AppSockets.standalone(host, ManagerSession.USER, this::session));
    }

    private static String version() {
        return FrameworkUtil.getBundle(ManagerSocketServlet.class).getVersion().toString();
    }

    private ManagerSession session(AppSession session) {
        List<String> accepted = password.accepted();
        return new ManagerSession(
                requests, audit, workers, session.remote(), () -> accepted.equals(password.accepted()));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!password.isOn() || !sockets.isWanted(request)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (!PrivateRequests.isPrivate(request)) {
            response.sendError(
                    HttpServletResponse.SC_FORBIDDEN, "This is open over HTTPS only, or from this machine itself.");
        } else {
            page.accept(request, () -> ManagerSession.USER);
        }
    }

    @Deactivate
    void close() {
        page.close();
        executor.close(END);
    }
}
