package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.backup.api.ScheduleSpec;
import platform.backup.api.Schedules;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** When backups are made without being asked for. */
@Path("backups/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BackupScheduleResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    BackupScheduleResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "listBackupSchedules", summary = "List when what is backed up where to, by name.")
    public List<Schedule> list(@BeanParam Paging paging) {
        return paging.page(schedules().list()).stream().map(Schedule::of).toList();
    }

    @GET
    @Path("{schedule}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "getBackupSchedule", summary = "Show when what is backed up where to.")
    public Schedule get(@PathParam("schedule") String name) {
        return find(name).orElseThrow(() -> PlatformException.notFound(missing(name)));
    }

    private String missing(String name) {
        return Optional.ofNullable(schedules().unusable().get(name))
                .map(problem -> "That schedule cannot be used: " + problem)
                .orElse("There is no such schedule. Look at the list of schedules.");
    }

    @PUT
    @Path("{schedule}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "putBackupSchedule",
            summary = "Add a schedule, or replace it; what is absent is as by default.")
    @APIResponseSchema(Schedule.class)
    public Response put(@PathParam("schedule") String name, NewSchedule wanted, @BeanParam Change change) {
        ScheduleSpec spec = wanted.spec(name);
        return tasks.runIfUnchanged(
                change,
                () -> find(name).orElse(null),
                progress -> Schedule.of(
                        schedules().find(name).isPresent()
                                ? schedules().edit(spec)
                                : schedules().add(spec)));
    }

    @DELETE
    @Path("{schedule}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "removeBackupSchedule",
            summary = "Remove a schedule. Its backups stay; a run that is under way ends.",
            description = "It answers with the schedule as it was.")
    @APIResponseSchema(Schedule.class)
    public Response remove(@PathParam("schedule") String name, @BeanParam Change change) {
        return tasks.runIfUnchanged(change, () -> get(name), progress -> {
            Schedule former = get(name);
            schedules().remove(name);
            return former;
        });
    }

    @POST
    @Path("{schedule}/run")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "runBackupSchedule", summary = "Make the backups of a schedule now.")
    @APIResponseSchema(Schedule.class)
    public Response run(@PathParam("schedule") String name, @BeanParam Change change) {
        get(name);
        return tasks.run(
                change, progress -> Schedule.of(schedules().run(name, progress, BackupCalls.toldOfEach(progress))));
    }

    private Optional<Schedule> find(String name) {
        return schedules().find(name).map(Schedule::of);
    }

    private Schedules schedules() {
        return parts.need(Schedules.class);
    }
}
