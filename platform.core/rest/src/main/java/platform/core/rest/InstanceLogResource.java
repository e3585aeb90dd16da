package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import platform.core.api.InstanceInfo;
import platform.core.api.Role;
import platform.tracing.api.Logs;

/** What an instance has logged. */
@Path("instances/{instance}/log")
@Produces(MediaType.APPLICATION_JSON)
public final class InstanceLogResource {

    private final Parts parts;

    @Inject
    InstanceLogResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(
            operationId = "readInstanceLog",
            summary = "Read what an instance has logged into the log of its app, the newest first.")
    public List<LogEntry> read(@PathParam("instance") String id, @BeanParam LogQuery query, @BeanParam Paging paging) {
        InstanceInfo instance = parts.instance(id);
        return query.read(
                parts.need(Logs.class),
                instance.app(),
                Optional.of(instance.id().toString()),
                paging);
    }
}
