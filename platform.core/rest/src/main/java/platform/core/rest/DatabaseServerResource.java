package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.db.api.DatabaseServer;
import platform.db.api.DatabaseServers;
import platform.db.api.ServerRegistration;
import platform.db.api.ServerRegistry;

/** The servers that hold the platform's databases. */
@Path("databases/servers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DatabaseServerResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    DatabaseServerResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(
            operationId = "listDatabaseServers",
            summary = "List the database servers, the default one first: whether they can be reached, and how much is"
                    + " on them.")
    public List<ListedServer> list(@BeanParam Paging paging) {
        return listed(paging.page(servers()));
    }

    @GET
    @Path("{server}")
    @Needs(Role.VIEWER)
    @Operation(operationId = "getDatabaseServer", summary = "Show a database server, after a look at it.")
    public ListedServer get(@PathParam("server") String name) {
        return find(name)
                .orElseThrow(() ->
                        PlatformException.notFound("There is no such database server. Look at the list of servers."));
    }

    @PUT
    @Path("{server}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "putDatabaseServer",
            summary = "Add a database server that somebody else runs, or replace it, after a login to it.",
            description = "The password is never answered. When the login fails nothing has changed.")
    @APIResponseSchema(ListedServer.class)
    public Response put(@PathParam("server") String name, NewDatabaseServer wanted, @BeanParam Change change) {
        ServerRegistration server = wanted.registration(name);
        return tasks.runIfUnchanged(change, () -> find(name).orElse(null), progress -> {
            judged(() -> registry().put(server));
            return get(name);
        });
    }

    @DELETE
    @Path("{server}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "removeDatabaseServer",
            summary = "Forget a database server that has no instances. What else is on it stays there.",
            description = "It answers with the server as it was.")
    @APIResponseSchema(ListedServer.class)
    public Response remove(@PathParam("server") String name, @BeanParam Change change) {
        return tasks.runIfUnchanged(change, () -> get(name), progress -> {
            ListedServer former = get(name);
            judged(() -> registry().remove(name));
            return former;
        });
    }

    private static void judged(Runnable work) {
        DatabaseWork.judged(() -> {
            work.run();
            return null;
        });
    }

    private Optional<ListedServer> find(String name) {
        return listed(servers()).stream().filter(it -> it.name().equals(name)).findFirst();
    }

    private List<ListedServer> listed(List<DatabaseServer> servers) {
        Map<String, Long> instances = parts.need(Instances.class).list().stream()
                .collect(Collectors.groupingBy(InstanceInfo::server, Collectors.counting()));
        return servers.stream()
                .map(it -> ListedServer.of(it, instances.getOrDefault(it.name(), 0L)))
                .toList();
    }

    private List<DatabaseServer> servers() {
        return parts.need(DatabaseServers.class).list();
    }

    private ServerRegistry registry() {
        return parts.need(ServerRegistry.class);
    }
}
