package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import platform.core.api.Instances;
import platform.core.api.Role;
import platform.db.api.DatabaseStatistics;

/** All databases of the platform, the manager's included. */
@Path("databases")
@Produces(MediaType.APPLICATION_JSON)
public final class DatabaseResource {

    private final Parts parts;

    @Inject
    DatabaseResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(
            operationId = "listDatabases",
            summary = "List the databases by name, with size, connections, and what holds them up.")
    public List<Database> list(@BeanParam Paging paging) {
        Map<String, String> instances = new HashMap<>();
        parts.need(Instances.class)
                .list()
                .forEach(it -> instances.put(it.database(), it.id().toString()));
        return paging.page(parts.need(DatabaseStatistics.class).databases()).stream()
                .map(it -> Database.of(it, instances.get(it.name())))
                .toList();
    }
}
