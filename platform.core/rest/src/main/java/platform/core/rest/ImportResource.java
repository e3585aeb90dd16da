package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.backup.api.InstanceFiles;
import platform.backup.api.RestoreRequest;
import platform.core.api.Role;

/** Instances out of files. */
@Path("imports")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ImportResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    ImportResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "importInstance",
            summary =
                    "Make the instance that is in an exported file or in a backup. One that is there is never touched.")
    @APIResponseSchema(Restored.class)
    public Response make(ImportOrder order, @BeanParam Change change) {
        RestoreRequest request = order.request();
        return tasks.run(
                change,
                progress -> Restored.of(
                        parts.need(InstanceFiles.class).importFrom(request, order.keys(), BackupCalls.told(progress))));
    }
}
