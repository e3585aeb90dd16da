package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.backup.api.Moves;
import platform.core.api.InstanceId;
import platform.core.api.Role;

/** What lets instances of other platforms in. */
@Path("moves/tickets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class MoveTicketResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    MoveTicketResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "issueMoveTicket",
            summary = "Let one instance of another platform come: the ticket is for the move there.")
    @APIResponseSchema(IssuedTicket.class)
    public Response issue(TicketOrder order, @BeanParam Change change) {
        Optional<String> as =
                Optional.ofNullable(order.as()).map(InstanceId::parse).map(InstanceId::toString);
        Duration valid = order.validOrUsual();
        return tasks.run(
                change, progress -> IssuedTicket.of(parts.need(Moves.class).accept(as, valid)));
    }
}
