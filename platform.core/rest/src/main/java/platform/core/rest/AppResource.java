package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.ServicePlaces;
import platform.core.api.Services;

/** The apps. */
@Path("apps")
@Produces(MediaType.APPLICATION_JSON)
public final class AppResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    AppResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(operationId = "listApps", summary = "List the apps by name, also those that could not be taken up.")
    public List<ListedApp> list(@BeanParam Paging paging) {
        return paging.page(services().list()).stream().map(ListedApp::of).toList();
    }

    @GET
    @Path("{app}")
    @Needs(Role.VIEWER)
    @Operation(operationId = "getApp", summary = "Show an app.")
    public ListedApp get(@PathParam("app") String name) {
        return services()
                .find(name)
                .map(ListedApp::of)
                .orElseThrow(() -> PlatformException.notFound("There is no such app. Look at the list of apps."));
    }

    @GET
    @Path("{app}/place")
    @Needs(Role.VIEWER)
    @Operation(
            operationId = "getAppPlace",
            summary = "Show where an app runs, and what its process uses of what it may.")
    public AppPlace place(@PathParam("app") String name) {
        return AppPlace.of(parts.need(ServicePlaces.class).place(get(name).name()));
    }

    @POST
    @Path("{app}/start")
    @Needs(Role.OPERATOR)
    @Operation(operationId = "startApp", summary = "Start an app, and those of its instances that should run.")
    @APIResponseSchema(ListedApp.class)
    public Response start(@PathParam("app") String name, @BeanParam Change change) {
        return act(name, change, Services::start);
    }

    @POST
    @Path("{app}/stop")
    @Needs(Role.OPERATOR)
    @Operation(operationId = "stopApp", summary = "Stop an app and its instances, until it is started again.")
    @APIResponseSchema(ListedApp.class)
    public Response stop(@PathParam("app") String name, @BeanParam Change change) {
        return act(name, change, Services::stop);
    }

    @POST
    @Path("{app}/restart")
    @Needs(Role.OPERATOR)
    @Operation(operationId = "restartApp", summary = "Stop an app with its instances and start it.")
    @APIResponseSchema(ListedApp.class)
    public Response restart(@PathParam("app") String name, @BeanParam Change change) {
        return act(name, change, (services, app) -> {
            services.stop(app);
            services.start(app);
        });
    }

    private Response act(String name, Change change, BiConsumer<Services, String> action) {
        change.requireUnchanged(get(name));
        return tasks.run(change, progress -> {
            action.accept(services(), name);
            return get(name);
        });
    }

    private Services services() {
        return parts.need(Services.class);
    }
}
