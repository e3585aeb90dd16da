package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.backup.api.MovePlan;
import platform.backup.api.MoveRequest;
import platform.backup.api.Moves;
import platform.core.api.InstanceId;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** The move of an instance to another platform. */
@Path("instances/{instance}/move")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class MoveResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    MoveResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "moveInstance",
            summary =
                    "Move an instance to another platform, which has issued a ticket for it; or only say what would be"
                            + " done.",
            description =
                    "It goes on until the last of its data are to be sent. If anything fails, it goes on here. What is"
                            + " left of it here is kept for a day.")
    @APIResponseSchema(MovedInstance.class)
    public Response make(
            @PathParam("instance") String id,
            MoveOrder order,
            @QueryParam("dry-run")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String dryRun,
            @BeanParam Change change) {
        boolean onlyTold = Values.flag("dry-run", dryRun);
        MoveRequest request = order.request(parts.instance(id).id());
        return tasks.run(
                change, progress -> onlyTold ? MovedInstance.of(moves().plan(request)) : moved(request, progress));
    }

    /** Obstacles are found before it is copied. */
    private MovedInstance moved(MoveRequest request, Consumer<String> progress) {
        MovePlan plan = moves().plan(request);
        if (!plan.obstacles().isEmpty()) {
            throw PlatformException.conflict("Nothing was moved. " + String.join(" ", plan.obstacles()));
        }
        return MovedInstance.of(moves().move(request, BackupCalls.told(progress)));
    }

    @DELETE
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "takeInstanceBack",
            summary = "Give the move of an instance up, or take the instance back after it.",
            description = "It answers with the instance.")
    @APIResponseSchema(Instance.class)
    public Response takeBack(
            @PathParam("instance") String id,
            @QueryParam("sure")
                    @Parameter(
                            description = "It does not run elsewhere, nobody need be asked.",
                            schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String sure,
            @BeanParam Change change) {
        boolean nobodyNeedBeAsked = Values.flag("sure", sure);
        String instance = InstanceId.parse(id).toString();
        return tasks.run(change, progress -> {
            moves().takeBack(instance, nobodyNeedBeAsked);
            return InstanceStates.of(parts, parts.instance(instance));
        });
    }

    private Moves moves() {
        return parts.need(Moves.class);
    }
}
