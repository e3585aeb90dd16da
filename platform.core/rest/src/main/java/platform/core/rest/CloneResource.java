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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.InstanceId;
import platform.core.api.Role;

/** Copies of an instance. */
@Path("instances/{instance}/clone")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class CloneResource {

    private final BackupCalls calls;
    private final Tasks tasks;

    @Inject
    CloneResource(Parts parts, Tasks tasks) {
        this.calls = new BackupCalls(parts);
        this.tasks = tasks;
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "cloneInstance",
            summary = "Make a new instance with the data and settings of one, which goes on meanwhile; or only say what"
                    + " would be done.")
    @APIResponseSchema(ClonedInstance.class)
    public Response make(
            @PathParam("instance") String id,
            CloneOrder order,
            @QueryParam("dry-run")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String dryRun,
            @BeanParam Change change) {
        boolean onlyTold = Values.flag("dry-run", dryRun);
        String instance = InstanceId.parse(id).toString();
        String as = InstanceId.parse(Required.property("as", order.as())).toString();
        Optional<String> server = Optional.ofNullable(order.server());
        return tasks.run(
                change,
                progress -> onlyTold
                        ? ClonedInstance.of(calls.backups().planClone(instance, as, server))
                        : ClonedInstance.of(calls.backups().clone(instance, as, server, BackupCalls.told(progress))));
    }
}
