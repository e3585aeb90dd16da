package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.backup.api.BackupTargets;
import platform.backup.api.TargetSetup;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** The places that backups go to. */
@Path("backups/targets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BackupTargetResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    BackupTargetResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "listBackupTargets", summary = "List the places that backups go to, by name.")
    public List<Target> list(@BeanParam Paging paging) {
        return paging.page(targets().list()).stream().map(Target::of).toList();
    }

    @GET
    @Path("{target}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "getBackupTarget", summary = "Show a place that backups go to.")
    public Target get(@PathParam("target") String name) {
        return find(name)
                .orElseThrow(() -> PlatformException.notFound("There is no such target. Look at the list of targets."));
    }

    @PUT
    @Path("{target}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "putBackupTarget",
            summary = "Add a place that backups go to, or replace it, with its secret; it is not written to.",
            description = "The secret is never answered. Who replaces a target sends it again.")
    @APIResponseSchema(Target.class)
    public Response put(@PathParam("target") String name, NewTarget wanted, @BeanParam Change change) {
        TargetSetup setup = wanted.setup(name);
        return tasks.runIfUnchanged(
                change,
                () -> find(name).orElse(null),
                progress -> Target.of(targets().add(setup)));
    }

    @DELETE
    @Path("{target}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "removeBackupTarget",
            summary = "Forget a place that backups go to. What it holds stays there.",
            description = "It answers with the target as it was.")
    @APIResponseSchema(Target.class)
    public Response remove(@PathParam("target") String name, @BeanParam Change change) {
        return tasks.runIfUnchanged(change, () -> get(name), progress -> {
            Target former = get(name);
            targets().remove(name);
            return former;
        });
    }

    @POST
    @Path("{target}/test")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "testBackupTarget",
            summary = "Write, list, read and delete a small file there, up to the first step that fails.")
    @APIResponseSchema(TestedTarget.class)
    public Response test(@PathParam("target") String name, @BeanParam Change change) {
        get(name);
        return tasks.run(change, progress -> TestedTarget.of(targets().test(name)));
    }

    private Optional<Target> find(String name) {
        return targets().list().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .map(Target::of);
    }

    private BackupTargets targets() {
        return parts.need(BackupTargets.class);
    }
}
