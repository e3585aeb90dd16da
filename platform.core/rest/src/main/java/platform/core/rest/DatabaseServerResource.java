package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.Role;
import platform.db.api.DatabaseServers;

/** The servers that hold the platform's databases. */
@Path("databases/servers")
@Produces(MediaType.APPLICATION_JSON)
public final class DatabaseServerResource {

    private final Parts parts;

    @Inject
    DatabaseServerResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(
            operationId = "listDatabaseServers",
            summary = "List the database servers, the default one first: whether they can be reached, and how much is"
                    + " on them.")
    public List<ListedServer> list(@BeanParam Paging paging) {
        Map<String, Long> instances = parts.need(Instances.class).list().stream()
                .collect(Collectors.groupingBy(InstanceInfo::server, Collectors.counting()));
        return paging.page(parts.need(DatabaseServers.class).list()).stream()
                .map(it -> ListedServer.of(it, instances.getOrDefault(it.name(), 0L)))
                .toList();
    }
}
