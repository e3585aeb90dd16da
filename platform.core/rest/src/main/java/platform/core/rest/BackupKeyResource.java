package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.Role;

/** For whom backups are encrypted. Whom else than the platform is a setting. */
@Path("backups/keys")
@Produces(MediaType.APPLICATION_JSON)
public final class BackupKeyResource {

    private final BackupCalls calls;
    private final Tasks tasks;

    @Inject
    BackupKeyResource(Parts parts, Tasks tasks) {
        this.calls = new BackupCalls(parts);
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "getBackupKeys",
            summary = "Show for whom backups are encrypted, by public keys.",
            description = "The recipients besides the platform are in the settings of platform.backup.archive.")
    public BackupRecipients get() {
        return BackupRecipients.of(calls.backups().publicKeys());
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "makeBackupKey",
            summary = "Make the platform's key if it has none, and show it if nobody has seen it yet.",
            description = "Keep it where it survives the machine: without it nobody opens the backups.")
    @APIResponseSchema(BackupRecipients.class)
    public Response make(@BeanParam Change change) {
        return tasks.run(change, progress -> BackupRecipients.of(calls.backups().keys()));
    }
}
