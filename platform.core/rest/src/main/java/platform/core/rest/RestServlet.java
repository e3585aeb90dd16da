package platform.core.rest;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.glassfish.jersey.servlet.ServletContainer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.backup.api.BackupTargets;
import platform.backup.api.Backups;
import platform.backup.api.Schedules;
import platform.core.api.AlarmFixes;
import platform.core.api.Alarms;
import platform.core.api.AppFiles;
import platform.core.api.Audit;
import platform.core.api.InstanceQuotas;
import platform.core.api.InstanceTransfer;
import platform.core.api.Instances;
import platform.core.api.Metrics;
import platform.core.api.Platform;
import platform.core.api.ServicePlaces;
import platform.core.api.Services;
import platform.core.api.Settings;
import platform.core.api.Tokens;
import platform.core.api.Users;
import platform.db.api.DatabaseStatistics;
import platform.db.api.Maintenance;
import platform.webserver.api.PageSockets;

/**
 * Jersey, behind whoever lets requests in: they have the {@link platform.core.api.Caller} in the attribute of that class's name.
 * Nothing of this bundle is loaded before the first of them.
 */
@Component(service = Servlet.class, property = "platform.rest=v1")
public final class RestServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Tasks tasks = new Tasks();
    private final transient Parts parts;
    private final transient ServletContainer jersey;
    private transient LivePage live;

    @Activate
    public RestServlet(
            @Reference Audit audit,
            @Reference Users users,
            @Reference Tokens tokens,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InstanceTransfer transfer,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InstanceQuotas quotas,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Services services,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    ServicePlaces places,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    AppFiles appFiles,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Alarms alarms,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    AlarmFixes fixes,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    DatabaseStatistics statistics,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Maintenance maintenance,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Metrics metrics,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Platform platform,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Settings settings,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Backups backups,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    BackupTargets targets,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Schedules schedules,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    PageSockets sockets) {
        Map<Class<?>, Object> parts = new HashMap<>();
        parts.put(Audit.class, audit);
        parts.put(Users.class, users);
        parts.put(Tokens.class, tokens);
        parts.put(Instances.class, instances);
        parts.put(InstanceTransfer.class, transfer);
        parts.put(InstanceQuotas.class, quotas);
        parts.put(Services.class, services);
        parts.put(ServicePlaces.class, places);
        parts.put(AppFiles.class, appFiles);
        parts.put(Alarms.class, alarms);
        parts.put(AlarmFixes.class, fixes);
        parts.put(DatabaseStatistics.class, statistics);
        parts.put(Maintenance.class, maintenance);
        parts.put(Metrics.class, metrics);
        parts.put(Platform.class, platform);
        parts.put(Settings.class, settings);
        parts.put(Backups.class, backups);
        parts.put(BackupTargets.class, targets);
        parts.put(Schedules.class, schedules);
        parts.put(PageSockets.class, sockets);
        parts.values().removeIf(part -> part == null);
        this.parts = new Parts(parts);
        this.jersey = new ServletContainer(new RestApplication(this.parts, tasks));
    }

    RestServlet(Map<Class<?>, Object> parts) {
        this.parts = new Parts(parts);
        this.jersey = new ServletContainer(new RestApplication(this.parts, tasks));
    }

    /** Jersey finds its own parts by the thread's class loader. */
    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        thread.setContextClassLoader(RestServlet.class.getClassLoader());
        try {
            jersey.init(config);
        } finally {
            thread.setContextClassLoader(former);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (LivePage.PATH.equals(request.getPathInfo())
                && parts.find(PageSockets.class).isPresent()) {
            live().serve(request, response);
        } else if (DocumentPage.isAsked(request)) {
            DocumentPage.serve(request, response);
        } else {
            jersey.service(request, response);
        }
    }

    private synchronized LivePage live() {
        if (live == null) {
            live = new LivePage(parts.need(PageSockets.class), parts, tasks);
        }
        return live;
    }

    @Override
    public synchronized void destroy() {
        if (live != null) {
            live.close();
        }
        jersey.destroy();
        tasks.close();
    }
}
