package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import platform.core.api.Role;
import platform.tracing.api.Logs;

/** The logs of the platform and of the apps. */
@Path("logs")
@Produces(MediaType.APPLICATION_JSON)
public final class LogResource {

    private final Parts parts;

    @Inject
    LogResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(operationId = "listLogs", summary = "List what has a log: the platform and apps, by name.")
    public List<String> list(@BeanParam Paging paging) {
        return paging.page(logs().names());
    }

    @GET
    @Path("{log}")
    @Needs(Role.VIEWER)
    @Operation(
            operationId = "readLog",
            summary = "Read the log of the platform or of an app, also its rolled files, the newest first.")
    public List<LogEntry> read(
            @PathParam("log") String log,
            @QueryParam("instance") String instance,
            @BeanParam LogQuery query,
            @BeanParam Paging paging) {
        return query.read(logs(), log, Optional.ofNullable(instance), paging);
    }

    private Logs logs() {
        return parts.need(Logs.class);
    }
}
