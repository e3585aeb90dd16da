package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.PlatformException;
import platform.core.api.RenamePlan;
import platform.core.api.RenameRequest;
import platform.core.api.Renaming;
import platform.core.api.Role;

/** A domain, or the platform's DNS name, changed wherever it is used. */
@Path("platform/rename")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RenamingResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    RenamingResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "rename",
            summary = "Change a domain, or the platform's DNS name, wherever it is used, wholly or not at all; or only"
                    + " say what would change.",
            description = "The instances that change are stopped meanwhile.")
    @APIResponseSchema(Renamed.class)
    public Response apply(
            RenameOrder order,
            @QueryParam("dry-run")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String dryRun,
            @BeanParam Change change) {
        RenameRequest request = order.request();
        return run(change, Values.flag("dry-run", dryRun), () -> renaming().plan(request));
    }

    @POST
    @Path("undo")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "undoRename", summary = "Take the last renaming back; or only say what would change.")
    @APIResponseSchema(Renamed.class)
    public Response undo(
            @QueryParam("dry-run")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String dryRun,
            @BeanParam Change change) {
        return run(change, Values.flag("dry-run", dryRun), () -> renaming().planUndo());
    }

    private Response run(Change change, boolean onlyTold, Supplier<RenamePlan> planned) {
        return tasks.run(change, progress -> {
            RenamePlan plan = planned.get();
            if (!onlyTold) {
                requireNoConflict(plan);
                renaming().apply(plan, instance -> progress.accept(instance.id() + " " + instance.state()));
            }
            return Renamed.of(plan, onlyTold);
        });
    }

    private static void requireNoConflict(RenamePlan plan) {
        if (!plan.conflicts().isEmpty()) {
            throw PlatformException.conflict("Nothing was renamed. " + String.join(" ", plan.conflicts()));
        }
    }

    private Renaming renaming() {
        return parts.need(Renaming.class);
    }
}
