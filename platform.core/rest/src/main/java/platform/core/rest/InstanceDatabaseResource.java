package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.db.api.DatabaseStatistics;
import platform.db.api.Maintenance;

/** The database of an instance. */
@Path("instances/{instance}/database")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class InstanceDatabaseResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    InstanceDatabaseResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(
            operationId = "getInstanceDatabase",
            summary = "Show the database of an instance, with its tables and who waits for locks.")
    public InstanceDatabase get(@PathParam("instance") String id) {
        InstanceInfo instance = parts.instance(id);
        DatabaseStatistics statistics = parts.need(DatabaseStatistics.class);
        Database database = statistics
                .database(instance.database())
                .map(it -> Database.of(it, instance.id().toString()))
                .orElseThrow(() -> PlatformException.notFound("There is no database " + instance.database() + " for "
                        + instance.id() + ". Restore a backup of it."));
        return InstanceDatabase.of(database, statistics);
    }

    @POST
    @Path("vacuum")
    @Needs(Role.OPERATOR)
    @Operation(
            operationId = "vacuumDatabase",
            summary = "Remove old versions of rows from the database of an instance, and make its statistics anew.",
            description =
                    "The instance goes on as always, but with full: then one table after the other is rewritten, and"
                            + " who wants to use it waits.")
    @APIResponseSchema(Maintained.class)
    public Response vacuum(
            @PathParam("instance") String id,
            @QueryParam("full")
                    @Parameter(
                            description = "Give the room back to the disk.",
                            schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String full,
            @BeanParam Change change) {
        boolean wanted = Values.flag("full", full);
        String database = parts.instance(id).database();
        return tasks.run(
                change, progress -> Maintained.of(parts.need(Maintenance.class).vacuum(database, wanted, progress)));
    }

    @POST
    @Path("reindex")
    @Needs(Role.OPERATOR)
    @Operation(
            operationId = "reindexDatabase",
            summary = "Make the indexes of the database of an instance anew.",
            description = "Who wants to write into the table that is at hand waits, but with concurrently.")
    @APIResponseSchema(Maintained.class)
    public Response reindex(
            @PathParam("instance") String id,
            @QueryParam("concurrently")
                    @Parameter(
                            description = "Let writers go on meanwhile; takes longer.",
                            schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String concurrently,
            @BeanParam Change change) {
        boolean wanted = Values.flag("concurrently", concurrently);
        String database = parts.instance(id).database();
        return tasks.run(
                change, progress -> Maintained.of(parts.need(Maintenance.class).reindex(database, wanted, progress)));
    }

    @POST
    @Path("rotate-password")
    @Needs(Role.OPERATOR)
    @Operation(
            operationId = "rotateDatabasePassword",
            summary = "Give the login of an instance to its database a new password, which nobody is told.",
            description = "The instance goes on; who else has the former one is cut off.")
    @APIResponseSchema(Rotated.class)
    public Response rotatePassword(@PathParam("instance") String id, @BeanParam Change change) {
        InstanceId instance = parts.instance(id).id();
        return tasks.run(change, progress -> {
            parts.need(Instances.class).rotateDatabasePassword(instance);
            return new Rotated(instance.toString());
        });
    }

    @POST
    @Path("move")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "moveDatabase",
            summary = "Move the database of an instance to another database server; the instance is stopped meanwhile.",
            description = "Cut off, it is where it was. The former database is kept for a day.")
    @APIResponseSchema(DatabaseMoved.class)
    public Response move(@PathParam("instance") String id, MoveDatabaseOrder order, @BeanParam Change change) {
        String server = Required.property("server", order.server());
        InstanceId instance = parts.instance(id).id();
        return tasks.run(
                change,
                progress -> DatabaseMoved.of(parts.need(Instances.class).moveDatabase(instance, server, progress)));
    }
}
