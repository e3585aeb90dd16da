package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.db.api.ExtensionStatus;
import platform.db.api.Extensions;

/** The PostgreSQL extensions of the database of an instance. */
@Path("instances/{instance}/database/extensions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DatabaseExtensionResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    DatabaseExtensionResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "listDatabaseExtensions",
            summary = "List the extensions that the database of an instance has or may have, by name.")
    public List<DatabaseExtension> list(@PathParam("instance") String id, @BeanParam Paging paging) {
        return paging.page(found(database(id))).stream()
                .map(DatabaseExtension::of)
                .toList();
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "createDatabaseExtension",
            summary = "Create an extension in the database of an instance.",
            description = "One that is neither trusted nor allowed by the setting extensions is refused.")
    @APIResponseSchema(DatabaseExtension.class)
    public Response create(@PathParam("instance") String id, ExtensionOrder order, @BeanParam Change change) {
        String name = Required.property("name", order.name());
        String database = database(id);
        return tasks.run(
                change,
                progress -> DatabaseWork.judged(() -> {
                    parts.need(Extensions.class).create(database, name);
                    return created(database, name);
                }));
    }

    private DatabaseExtension created(String database, String name) {
        return found(database).stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .map(DatabaseExtension::of)
                .orElseThrow(() -> PlatformException.notFound(
                        "The server has no such extension. Look at the list of extensions."));
    }

    private List<ExtensionStatus> found(String database) {
        return parts.need(Extensions.class).list(database);
    }

    private String database(String id) {
        return parts.instance(id).database();
    }
}
