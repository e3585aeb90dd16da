package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.AppFiles;
import platform.core.api.Instances;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.ReceivedApp;
import platform.core.api.Role;
import platform.core.api.ServiceInfo;
import platform.core.api.ServicePlaces;
import platform.core.api.Services;

/** The apps. */
@Path("apps")
@Produces(MediaType.APPLICATION_JSON)
public final class AppResource {

    private static final String JAR = "application/java-archive";

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
        return paging.page(services().list()).stream()
                .map(it -> ListedApp.of(it, Optional.empty()))
                .toList();
    }

    @GET
    @Path("{app}")
    @Needs(Role.VIEWER)
    @Operation(operationId = "getApp", summary = "Show an app, and where it runs.")
    public ListedApp get(@PathParam("app") String name) {
        return find(name)
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

    private Optional<ListedApp> find(String name) {
        return services().find(name).map(this::shown);
    }

    private ListedApp shown(ServiceInfo app) {
        return ListedApp.of(app, parts.find(ServicePlaces.class).map(it -> it.place(app.name())));
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

    @PUT
    @Path("{app}")
    @Consumes(JAR)
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "putApp",
            summary = "Install an app, or update it: its jar, of 512 MiB at most.",
            description =
                    "It is refused when it is not whole, or not that app. One that does not start stays, in the state"
                            + " FAILED and with the reason.")
    @APIResponseSchema(ListedApp.class)
    public Response put(
            @PathParam("app") String name,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = JAR,
                                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
                    InputStream jar,
            @BeanParam Change change) {
        ReceivedApp received = parts.need(AppFiles.class).receive(name, jar);
        change.sent(received.hash());
        Work install = tasks.ifUnchanged(change, () -> find(name).orElse(null), progress -> shown(received.install()));
        return tasks.run(
                change,
                progress -> {
                    try (received) {
                        return install.run(progress);
                    }
                },
                received::close);
    }

    @DELETE
    @Path("{app}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "removeApp",
            summary = "Remove an app with its file; or only say which instances would stop.",
            description =
                    "One that has instances is refused unless that is forced: they are stopped and stay, with their"
                            + " data, until an app of that name is there again.")
    @APIResponseSchema(AppRemoval.class)
    public Response remove(
            @PathParam("app") String name,
            @QueryParam("force") @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String force,
            @QueryParam("dry-run")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String dryRun,
            @BeanParam Change change) {
        boolean forced = Values.flag("force", force);
        boolean onlyTold = Values.flag("dry-run", dryRun);
        return tasks.runIfUnchanged(change, () -> get(name), progress -> {
            AppRemoval removal = new AppRemoval(get(name).name(), instancesOf(name), onlyTold);
            if (!onlyTold) {
                parts.need(AppFiles.class).remove(name, forced);
            }
            return removal;
        });
    }

    private List<String> instancesOf(String app) {
        return parts.need(Instances.class).list().stream()
                .filter(it -> it.app().equals(app))
                .map(it -> it.id().toString())
                .toList();
    }

    @PATCH
    @Path("{app}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "editApp",
            summary = "Move an app into a process of its own or back, and limit that process.",
            description =
                    "Its instances keep their paths and data. While it moves requests wait, and WebSockets are closed"
                            + " with 1012.")
    @APIResponseSchema(ListedApp.class)
    public Response edit(@PathParam("app") String name, AppEdit wanted, @BeanParam Change change) {
        wanted.requireSomething();
        return tasks.runIfUnchanged(change, () -> get(name), progress -> {
            ServicePlaces places = parts.need(ServicePlaces.class);
            ProcessLimits now = places.place(name).limits();
            ProcessLimits limits = wanted.limits(now);
            if (!limits.equals(now)) {
                places.limit(name, limits);
            }
            wanted.wantedIsolation().ifPresent(it -> places.isolate(name, it));
            return get(name);
        });
    }

    private Response act(String name, Change change, BiConsumer<Services, String> action) {
        return tasks.runIfUnchanged(change, () -> get(name), progress -> {
            action.accept(services(), name);
            return get(name);
        });
    }

    private Services services() {
        return parts.need(Services.class);
    }
}
