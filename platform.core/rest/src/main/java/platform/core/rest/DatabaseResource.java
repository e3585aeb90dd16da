package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            summary = "List the databases by name, with size, connections, and what holds them up.",
            description = "Those of servers that are away are missing. The header Servers-Away of the answer has the"
                    + " names of these servers; their reasons are in the list of servers.")
    public List<Database> list(@BeanParam Paging paging, @Context HttpServletResponse response) {
        Map<String, String> instances = new HashMap<>();
        parts.need(Instances.class)
                .list()
                .forEach(it -> instances.put(it.database(), it.id().toString()));
        DatabaseStatistics statistics = parts.need(DatabaseStatistics.class);
        List<Database> databases = paging.page(statistics.databases()).stream()
                .map(it -> Database.of(it, instances.get(it.name())))
                .toList();
        Set<String> away = statistics.away().keySet();
        if (!away.isEmpty()) {
            response.setHeader("Servers-Away", String.join(", ", away));
        }
        return databases;
    }
}
