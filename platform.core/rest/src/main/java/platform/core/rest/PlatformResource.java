package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.Platform;
import platform.core.api.Role;
import platform.db.api.DiskSpace;

/** The platform as a whole. */
@Path("platform")
@Produces(MediaType.APPLICATION_JSON)
public final class PlatformResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    PlatformResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(operationId = "getPlatform", summary = "Show the platform as a whole.")
    public About get() {
        Platform platform = parts.need(Platform.class);
        return new About(
                platform.version(), platform.started(), platform.addresses(), new TreeMap<>(platform.refusals()));
    }

    @GET
    @Path("disk")
    @Needs(Role.VIEWER)
    @Operation(operationId = "getDisk", summary = "Show how much room the disk of the data folder has.")
    public Disk disk() {
        return Disk.of(parts.need(DiskSpace.class).status());
    }

    @POST
    @Path("rotate-database-passwords")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "rotatePlatformPasswords",
            summary = "Give the platform's own logins to the database server new passwords, which nobody is told.",
            description = "No request fails meanwhile; who else has the former ones is cut off.")
    @APIResponseSchema(Rotated.class)
    public Response rotateDatabasePasswords(@BeanParam Change change) {
        return tasks.run(change, progress -> {
            parts.need(Platform.class).rotateDatabasePasswords();
            return new Rotated("platform");
        });
    }
}
