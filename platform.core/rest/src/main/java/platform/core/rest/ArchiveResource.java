package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.backup.api.ArchiveSetup;
import platform.backup.api.PointInTime;
import platform.core.api.Role;

/** Continuous archiving, which {@link TimeRestoreResource} restores from. */
@Path("backups/archive")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ArchiveResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    ArchiveResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "getArchive", summary = "Show what is archived, and to when one can restore.")
    public Archive get() {
        return Archive.of(archive().status());
    }

    @PUT
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "putArchive", summary = "Archive all that is written, continuously, from now on.")
    @APIResponseSchema(Archive.class)
    public Response put(NewArchive wanted, @BeanParam Change change) {
        ArchiveSetup setup = wanted.setup();
        return tasks.run(change, progress -> Archive.of(archive().on(setup)));
    }

    @DELETE
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "removeArchive",
            summary = "Archive no more. What is there can be restored for as long as it would have been.")
    @APIResponseSchema(Archive.class)
    public Response off(@BeanParam Change change) {
        return tasks.run(change, progress -> Archive.of(archive().off()));
    }

    @DELETE
    @Path("ended")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "removeEndedArchives",
            summary = "Remove what was archived before a gap, before another target, or before it was switched off.")
    @APIResponseSchema(Archive.class)
    public Response removeEnded(@BeanParam Change change) {
        return tasks.run(change, progress -> Archive.of(archive().removeEnded()));
    }

    private PointInTime archive() {
        return parts.need(PointInTime.class);
    }
}
