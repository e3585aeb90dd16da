package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.db.api.AccessEntry;
import platform.db.api.HostAccess;

/** Who may log in to the database of an instance from other machines. */
@Path("instances/{instance}/database/access")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DatabaseAccessResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    DatabaseAccessResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "listDatabaseAccess",
            summary = "List from where one may log in to the database of an instance, by network.")
    public List<DatabaseEntry> list(@PathParam("instance") String id, @BeanParam Paging paging) {
        String database = database(id);
        return paging.page(access().list().stream()
                .filter(it -> it.database().equals(database))
                .map(DatabaseEntry::of)
                .toList());
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "allowDatabaseAccess",
            summary = "Let an address or a network log in to the database of an instance, over TLS.",
            description = "One that is let in already gets the new end.")
    @APIResponseSchema(GrantedEntry.class)
    public Response allow(@PathParam("instance") String id, AccessOrder order, @BeanParam Change change) {
        String cidr = Required.property("cidr", order.cidr());
        Optional<Duration> lasts = Optional.ofNullable(order.lasts()).map(it -> Times.span("lasts", it));
        String database = database(id);
        return tasks.run(
                change, progress -> GrantedEntry.of(DatabaseWork.judged(() -> access().allow(database, cidr, lasts))));
    }

    @DELETE
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "denyDatabaseAccess",
            summary = "Let an address, a network or all of them in no more, and end the connections from there.",
            description = "It answers with what was allowed.")
    @APIResponseSchema(DatabaseEntry[].class)
    public Response deny(
            @PathParam("instance") String id,
            @QueryParam("cidr") @Parameter(description = "Which, as it is listed; all without it.") String cidr,
            @BeanParam Change change) {
        String database = database(id);
        return tasks.run(change, progress -> denied(id, database, Optional.ofNullable(cidr)));
    }

    private List<DatabaseEntry> denied(String id, String database, Optional<String> cidr) {
        List<AccessEntry> gone = DatabaseWork.judged(() -> access().deny(database, cidr));
        if (gone.isEmpty()) {
            throw PlatformException.notFound("There is no such access to " + id + ". Look at the list of its access.");
        }
        return gone.stream().map(DatabaseEntry::of).toList();
    }

    private String database(String id) {
        return parts.instance(id).database();
    }

    private HostAccess access() {
        return parts.need(HostAccess.class);
    }
}
