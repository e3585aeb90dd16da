package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.Role;
import platform.db.api.SqlConsole;
import platform.db.api.SqlRequest;

/** SQL in the database of an instance. */
@Path("instances/{instance}/database/sql")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DatabaseSqlResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    DatabaseSqlResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @POST
    @Needs(Role.OPERATOR)
    @Operation(
            operationId = "runSql",
            summary = "Run an SQL statement in the database of an instance, with the instance's own rights.",
            description = "Read-only unless it says otherwise; the database server sees to it. What only reads is"
                    + " answered at its end, and is no task.")
    @APIResponseSchema(SqlRows.class)
    public Response run(@PathParam("instance") String id, SqlOrder order, @BeanParam Change change) {
        SqlRequest request = order.request(parts.instance(id).database());
        // Tasks keep their results for an hour, which so many rows are not worth.
        return request.write()
                ? tasks.run(change, progress -> rows(request))
                : Response.ok(rows(request)).build();
    }

    private SqlRows rows(SqlRequest request) {
        return SqlRows.of(DatabaseWork.judged(() -> parts.need(SqlConsole.class).run(request)));
    }
}
