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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.backup.api.BackupSource;
import platform.backup.api.Backups;
import platform.core.api.Role;

/** The manager's own backups. */
@Path("backups/manager")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ManagerBackupResource {

    private final BackupCalls calls;
    private final Tasks tasks;

    @Inject
    ManagerBackupResource(Parts parts, Tasks tasks) {
        this.calls = new BackupCalls(parts);
        this.tasks = tasks;
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "runManagerBackup",
            summary = "Back the manager up: its database, the platform's settings and secrets, and the apps.")
    @APIResponseSchema(MadeBackup.class)
    public Response run(@QueryParam("place") String place, @BeanParam Change change) {
        return tasks.run(
                change,
                progress -> MadeBackup.of(
                        calls.backups().run(Backups.MANAGER, calls.place(place), BackupCalls.told(progress))));
    }

    @POST
    @Path("verify")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "verifyManagerBackup", summary = "Read a backup of the manager to its end.")
    @APIResponseSchema(VerifiedBackup.class)
    public Response verify(BackupChoice choice, @BeanParam Change change) {
        BackupSource backup = calls.find(Backups.MANAGER, choice.place(), choice.name());
        return tasks.run(
                change, progress -> VerifiedBackup.of(calls.backups().verify(backup, BackupCalls.told(progress))));
    }

    @POST
    @Path("drill")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "drillManagerBackup",
            summary = "Prove a backup of the manager: restore it beside the others, compare it, and remove it again.")
    @APIResponseSchema(ProvedBackup.class)
    public Response drill(BackupChoice choice, @BeanParam Change change) {
        BackupSource backup = calls.find(Backups.MANAGER, choice.place(), choice.name());
        return tasks.run(
                change, progress -> ProvedBackup.of(calls.backups().drill(backup, false, BackupCalls.told(progress))));
    }
}
