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
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.backup.api.BackupFile;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupSource;
import platform.backup.api.Backups;
import platform.backup.api.RestoreRequest;
import platform.core.api.InstanceId;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** The backups. */
@Path("backups")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BackupResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    BackupResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(
            value = Role.VIEWER,
            administratorFor = {"place"})
    @Operation(operationId = "listBackups", summary = "List the backups at a place, by instance and time.")
    public List<Backup> list(@QueryParam("place") String place, @BeanParam Paging paging) {
        return paging.page(backups().list(place(place))).stream()
                .map(Backup::of)
                .toList();
    }

    @GET
    @Path("instances/{instance}")
    @Needs(
            value = Role.VIEWER,
            administratorFor = {"place"})
    @Operation(operationId = "listInstanceBackups", summary = "List the backups of an instance at a place, by time.")
    public List<Backup> ofInstance(
            @PathParam("instance") String id, @QueryParam("place") String place, @BeanParam Paging paging) {
        return paging.page(of(id, place).stream().map(Backup::of).toList());
    }

    @POST
    @Path("instances/{instance}")
    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"place"})
    @Operation(operationId = "runBackup", summary = "Back an instance up, which goes on meanwhile.")
    @APIResponseSchema(MadeBackup.class)
    public Response run(@PathParam("instance") String id, @QueryParam("place") String place, @BeanParam Change change) {
        return make(instance(id), place, change);
    }

    @POST
    @Path("manager")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "runManagerBackup",
            summary = "Back the manager up: its database, the platform's settings and secrets, and the apps.")
    @APIResponseSchema(MadeBackup.class)
    public Response runManager(@QueryParam("place") String place, @BeanParam Change change) {
        return make(Backups.MANAGER, place, change);
    }

    private Response make(String instance, String place, Change change) {
        return tasks.run(change, progress -> MadeBackup.of(backups().run(instance, place(place), told(progress))));
    }

    @POST
    @Path("instances/{instance}/verify")
    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"place"})
    @Operation(operationId = "verifyBackup", summary = "Read a backup of an instance to its end.")
    @APIResponseSchema(VerifiedBackup.class)
    public Response verify(@PathParam("instance") String id, BackupChoice choice, @BeanParam Change change) {
        BackupSource backup = find(id, choice.place(), choice.name());
        return tasks.run(change, progress -> VerifiedBackup.of(backups().verify(backup, told(progress))));
    }

    @POST
    @Path("instances/{instance}/restore")
    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"place", "as"})
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
        BackupSource backup = find(id, order.place(), order.name());
        RestoreRequest request = new RestoreRequest(
                backup, Optional.ofNullable(order.as()).map(InstanceId::parse).map(InstanceId::toString), order.asIs());
        return tasks.run(
                change,
                progress -> onlyTold
                        ? Restored.of(backups().plan(request))
                        : Restored.of(backups().restore(request, told(progress))));
    }

    /** Only what is a backup of that instance: another one's must not get into it, and no other file be read. */
    private BackupSource find(String id, String place, String name) {
        String wanted = Required.property("name", name);
        return of(id, place).stream()
                .map(BackupFile::file)
                .filter(it -> it.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> PlatformException.notFound(
                        "There is no such backup of " + id + " there. Look at the list of its backups."));
    }

    private List<BackupFile> of(String id, String place) {
        String instance = instance(id);
        return backups().list(place(place)).stream()
                .filter(it -> it.instance().equals(instance))
                .toList();
    }

    private static String instance(String id) {
        return InstanceId.parse(id).toString();
    }

    private String place(String place) {
        return place == null ? backups().folder().toString() : place;
    }

    private static BackupProgress told(Consumer<String> progress) {
        return (step, done, total) -> progress.accept(step + " " + done + " of " + total + " bytes");
    }

    private Backups backups() {
        return parts.need(Backups.class);
    }
}
