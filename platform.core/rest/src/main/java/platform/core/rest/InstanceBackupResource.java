package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.backup.api.BackupSource;
import platform.backup.api.Backups;
import platform.backup.api.RestoreRequest;
import platform.backup.api.TablesRequest;
import platform.core.api.InstanceId;
import platform.core.api.Role;

/** The backups of an instance. */
@Path("backups/instances/{instance}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class InstanceBackupResource {

    private final BackupCalls calls;
    private final Tasks tasks;

    @Inject
    InstanceBackupResource(Parts parts, Tasks tasks) {
        this.calls = new BackupCalls(parts);
        this.tasks = tasks;
    }

    @GET
    @Needs(
            value = Role.VIEWER,
            administratorFor = {"place"})
    @Operation(operationId = "listInstanceBackups", summary = "List the backups of an instance at a place, by time.")
    public List<Backup> list(
            @PathParam("instance") String id, @QueryParam("place") String place, @BeanParam Paging paging) {
        return paging.page(
                calls.of(instance(id), place).stream().map(Backup::of).toList());
    }

    @POST
    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"place"})
    @Operation(operationId = "runBackup", summary = "Back an instance up, which goes on meanwhile.")
    @APIResponseSchema(MadeBackup.class)
    public Response run(@PathParam("instance") String id, @QueryParam("place") String place, @BeanParam Change change) {
        String instance = instance(id);
        return tasks.run(
                change,
                progress -> MadeBackup.of(backups().run(instance, calls.place(place), BackupCalls.told(progress))));
    }

    @POST
    @Path("verify")
    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"place"})
    @Operation(operationId = "verifyBackup", summary = "Read a backup of an instance to its end.")
    @APIResponseSchema(VerifiedBackup.class)
    public Response verify(@PathParam("instance") String id, BackupChoice choice, @BeanParam Change change) {
        BackupSource backup = calls.find(instance(id), choice.place(), choice.name());
        return tasks.run(change, progress -> VerifiedBackup.of(backups().verify(backup, BackupCalls.told(progress))));
    }

    @POST
    @Path("drill")
    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"place"})
    @Operation(
            operationId = "drillBackup",
            summary = "Prove a backup of an instance: restore it beside the others, compare it, and remove it again.")
    @APIResponseSchema(ProvedBackup.class)
    public Response drill(@PathParam("instance") String id, DrillOrder order, @BeanParam Change change) {
        BackupSource backup = calls.find(instance(id), order.place(), order.name());
        return tasks.run(
                change,
                progress -> ProvedBackup.of(backups().drill(backup, order.appCheck(), BackupCalls.told(progress))));
    }

    @POST
    @Path("restore")
    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"place", "as", "server", "install"})
    @Operation(
            operationId = "restoreBackup",
            summary =
                    "Restore an instance from a backup of it, or make a new instance of that; or only say what would be"
                            + " done.")
    @APIResponseSchema(Restored.class)
    public Response restore(
            @PathParam("instance") String id,
            RestoreOrder order,
            @QueryParam("dry-run")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String dryRun,
            @BeanParam Change change) {
        boolean onlyTold = Values.flag("dry-run", dryRun);
        RestoreRequest request = order.request(calls.find(instance(id), order.place(), order.name()));
        return tasks.run(
                change,
                progress -> onlyTold
                        ? Restored.of(backups().plan(request))
                        : Restored.of(backups().restore(request, BackupCalls.told(progress))));
    }

    @POST
    @Path("tables")
    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"place"})
    @Operation(
            operationId = "restoreTables",
            summary = "Restore single tables of a backup of an instance, beside the present ones or in their place.")
    @APIResponseSchema(RestoredTables.class)
    public Response restoreTables(@PathParam("instance") String id, TablesOrder order, @BeanParam Change change) {
        List<String> tables = Required.elements("tables", Required.property("tables", order.tables()));
        TablesRequest request =
                new TablesRequest(calls.find(instance(id), order.place(), order.name()), tables, order.replace());
        return tasks.run(
                change, progress -> RestoredTables.of(backups().restoreTables(request, BackupCalls.told(progress))));
    }

    private static String instance(String id) {
        return InstanceId.parse(id).toString();
    }

    private Backups backups() {
        return calls.backups();
    }
}
