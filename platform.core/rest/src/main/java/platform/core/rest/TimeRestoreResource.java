package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.backup.api.PointInTime;
import platform.backup.api.TimeRestorePlan;
import platform.backup.api.TimeRestoreRequest;
import platform.core.api.InstanceId;
import platform.core.api.Role;

/** An instance as it was at any moment that was archived. */
@Path("instances/{instance}/restore")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TimeRestoreResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    TimeRestoreResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @POST
    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"as"})
    @Operation(
            operationId = "restoreToTime",
            summary = "Restore the data of an instance as they were at any moment that was archived; or only say what"
                    + " would be done.")
    @APIResponseSchema(TimeRestored.class)
    public Response run(
            @PathParam("instance") String id,
            TimeRestoreOrder order,
            @QueryParam("dry-run")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String dryRun,
            @BeanParam Change change) {
        boolean onlyTold = Values.flag("dry-run", dryRun);
        TimeRestoreRequest request = order.request(InstanceId.parse(id));
        PointInTime archive = parts.need(PointInTime.class);
        return tasks.run(change, progress -> {
            TimeRestorePlan plan = archive.plan(request);
            return onlyTold
                    ? TimeRestored.of(plan)
                    : TimeRestored.of(plan, archive.restore(request, BackupCalls.told(progress)));
        });
    }
}
