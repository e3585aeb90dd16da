package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceQuotas;
import platform.core.api.InstanceSpec;
import platform.core.api.Instances;
import platform.core.api.Role;
import platform.core.api.State;

/** The instances. */
@Path("instances")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class InstanceResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    InstanceResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    private Instances instances() {
        return parts.need(Instances.class);
    }

    @GET
    @Needs(value = Role.VIEWER, filtered = true)
    @Operation(
            operationId = "listInstances",
            summary = "List the instances that the caller may see, by domain and name.")
    public List<Instance> list(
            @QueryParam("app") String app,
            @QueryParam("domain") String domain,
            @QueryParam("state")
                    @Parameter(
                            description = "In capital or small letters.",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {
                                                "INSTALLED",
                                                "STARTING",
                                                "RUNNING",
                                                "DEGRADED",
                                                "STOPPING",
                                                "STOPPED",
                                                "FAILED",
                                                "QUARANTINED"
                                            }))
                    String state,
            @BeanParam Paging paging,
            @Context HttpServletRequest request) {
        Optional<State> wanted = Values.choice("state", state, State.class);
        List<InstanceInfo> shown = instances().list().stream()
                .filter(it -> Callers.of(request).scope().includes(it.id()))
                .filter(it -> app == null || app.equals(it.app()))
                .filter(it -> domain == null || domain.equals(it.id().domain()))
                .filter(it -> wanted.isEmpty() || wanted.get() == it.state())
                .toList();
        return InstanceStates.of(parts, paging.page(shown));
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "createInstance",
            summary = "Make an instance, with its database, path and password, and start it.",
            description = "One that does not start stays, in the state FAILED and with the reason.")
    @APIResponseSchema(CreatedInstance.class)
    public Response create(NewInstance wanted, @BeanParam Change change) {
        InstanceSpec spec = wanted.spec();
        return tasks.run(change, progress -> {
            platform.core.api.CreatedInstance made = instances().create(spec);
            return new CreatedInstance(shown(made.info()), spec.password().isPresent() ? null : made.password());
        });
    }

    @GET
    @Path("{instance}")
    @Needs(Role.VIEWER)
    @Operation(operationId = "getInstance", summary = "Show an instance.")
    public Instance get(@PathParam("instance") String id) {
        return shown(info(id));
    }

    @PATCH
    @Path("{instance}")
    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"path", "keepOldPath", "dropOldPaths", "host"})
    @Operation(
            operationId = "editInstance",
            summary = "Change an instance. A running one takes the change over, restarting if it must.")
    @APIResponseSchema(Instance.class)
    public Response edit(@PathParam("instance") String id, InstanceEdit wanted, @BeanParam Change change) {
        InstanceChange edit = wanted.change();
        return changing(id, change, instance -> shown(instances().edit(instance, edit)));
    }

    @DELETE
    @Path("{instance}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "deleteInstance",
            summary = "Stop an instance and remove it with its database and all its data; or only say what would go.")
    @APIResponseSchema(Deletion.class)
    public Response delete(
            @PathParam("instance") String id,
            @QueryParam("dry-run")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String dryRun,
            @BeanParam Change change) {
        boolean onlyTold = Values.flag("dry-run", dryRun);
        return changing(id, change, instance -> {
            Deletion deletion = new Deletion(id, instances().databaseSize(instance), onlyTold);
            if (!onlyTold) {
                instances().delete(instance);
            }
            return deletion;
        });
    }

    @POST
    @Path("{instance}/start")
    @Needs(Role.OPERATOR)
    @Operation(
            operationId = "startInstance",
            summary = "Start an instance, also one in quarantine; from now on it also starts with the platform.")
    @APIResponseSchema(Instance.class)
    public Response start(@PathParam("instance") String id, @BeanParam Change change) {
        return act(id, change, Instances::start);
    }

    @POST
    @Path("{instance}/stop")
    @Needs(Role.OPERATOR)
    @Operation(operationId = "stopInstance", summary = "Stop an instance, until it is started again.")
    @APIResponseSchema(Instance.class)
    public Response stop(@PathParam("instance") String id, @BeanParam Change change) {
        return act(id, change, Instances::stop);
    }

    @POST
    @Path("{instance}/restart")
    @Needs(Role.OPERATOR)
    @Operation(operationId = "restartInstance", summary = "Stop an instance and start it.")
    @APIResponseSchema(Instance.class)
    public Response restart(@PathParam("instance") String id, @BeanParam Change change) {
        return act(id, change, (all, instance) -> {
            all.stop(instance);
            all.start(instance);
        });
    }

    private Response act(String id, Change change, BiConsumer<Instances, InstanceId> action) {
        return changing(id, change, instance -> {
            action.accept(instances(), instance);
            return get(id);
        });
    }

    /** Changes an instance under its own lock, which also keeps the shell away, if it is what the caller has seen. */
    private Response changing(String id, Change change, Function<InstanceId, Object> action) {
        InstanceId instance = info(id).id();
        return tasks.run(
                change,
                progress -> instances().exclusively(instance, () -> {
                    change.requireUnchanged(get(id));
                    return action.apply(instance);
                }));
    }

    @PUT
    @Path("{instance}/password")
    @Needs(Role.OPERATOR)
    @Operation(operationId = "setInstancePassword", summary = "Give an instance another password.")
    @APIResponseSchema(ShownSecret.class)
    public Response setPassword(@PathParam("instance") String id, NewPassword wanted, @BeanParam Change change) {
        InstanceInfo info = info(id);
        return tasks.run(
                change,
                progress -> new ShownSecret(instances().setPassword(info.id(), wanted.wanted(), wanted.graceOrNone())));
    }

    @GET
    @Path("{instance}/use")
    @Needs(Role.VIEWER)
    @Operation(operationId = "getInstanceUse", summary = "Show what an instance uses, and its limits.")
    public InstanceUse use(@PathParam("instance") String id) {
        InstanceId instance = info(id).id();
        return new InstanceUse(
                instances().databaseSize(instance),
                InstanceStates.usage(parts, instance),
                parts.need(InstanceQuotas.class).of(instance).stream()
                        .map(Limit::of)
                        .toList());
    }

    @PATCH
    @Path("{instance}/limits")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "limitInstance", summary = "Change the limits of an instance.")
    @APIResponseSchema(InstanceUse.class)
    public Response limit(@PathParam("instance") String id, LimitChange wanted, @BeanParam Change change) {
        InstanceId instance = info(id).id();
        return tasks.run(change, progress -> {
            parts.need(InstanceQuotas.class).change(instance, wanted.change());
            return use(id);
        });
    }

    private Instance shown(InstanceInfo info) {
        return InstanceStates.of(parts, info);
    }

    private InstanceInfo info(String id) {
        return parts.instance(id);
    }
}
