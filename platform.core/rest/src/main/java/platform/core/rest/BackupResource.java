package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import platform.core.api.Role;

/** The backups, whatever they are of. */
@Path("backups")
@Produces(MediaType.APPLICATION_JSON)
public final class BackupResource {

    private final BackupCalls calls;

    @Inject
    BackupResource(Parts parts) {
        this.calls = new BackupCalls(parts);
    }

    @GET
    @Needs(
            value = Role.VIEWER,
            administratorFor = {"place"})
    @Operation(operationId = "listBackups", summary = "List the backups at a place, by instance and time.")
    public List<Backup> list(@QueryParam("place") String place, @BeanParam Paging paging) {
        return paging.page(calls.backups().list(calls.place(place))).stream()
                .map(Backup::of)
                .toList();
    }
}
