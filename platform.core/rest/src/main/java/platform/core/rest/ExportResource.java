package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.backup.api.ExportRequest;
import platform.backup.api.InstanceFiles;
import platform.core.api.InstanceId;
import platform.core.api.Role;

/** Instances as files for other platforms. */
@Path("instances/{instance}/export")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ExportResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    ExportResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "exportInstance",
            summary = "Write an instance, which goes on meanwhile, to an encrypted file for another platform.")
    @APIResponseSchema(ExportedInstance.class)
    public Response make(@PathParam("instance") String id, ExportOrder order, @BeanParam Change change) {
        ExportRequest request = new ExportRequest(
                InstanceId.parse(id).toString(),
                Values.path("file", order.file()),
                Required.elements("recipients", order.recipients()),
                order.withApp());
        return tasks.run(
                change,
                progress -> ExportedInstance.of(
                        parts.need(InstanceFiles.class).exportTo(request, BackupCalls.told(progress))));
    }
}
