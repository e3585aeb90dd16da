package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.ManagerSocket;
import platform.core.api.Role;

/** The manager's socket, by which installers that were written for the original platform make instances. */
@Path("platform/manager-socket")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ManagerSocketResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    ManagerSocketResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "getManagerSocket",
            summary = "Show whether installers can log in to the manager's socket.")
    public SocketLogin get() {
        return new SocketLogin(socket().isOn(), null);
    }

    @PUT
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "putManagerSocket",
            summary = "Give the manager's socket a new password, which turns it on.",
            description = "Whoever has it can do what an administrator can. Who is logged in by the former one can do"
                    + " nothing more.")
    @APIResponseSchema(SocketLogin.class)
    public Response turnOn(NewSocketPassword wanted, @BeanParam Change change) {
        Optional<String> chosen = Optional.ofNullable(wanted.password());
        return tasks.runIfUnchanged(change, this::get, progress -> {
            String password = socket().setPassword(chosen);
            return new SocketLogin(true, chosen.isPresent() ? null : password);
        });
    }

    @DELETE
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "removeManagerSocket",
            summary = "Forget the password of the manager's socket: nobody can log in, and who is can do nothing more.")
    @APIResponseSchema(SocketLogin.class)
    public Response turnOff(@BeanParam Change change) {
        return tasks.runIfUnchanged(change, this::get, progress -> {
            socket().turnOff();
            return get();
        });
    }

    private ManagerSocket socket() {
        return parts.need(ManagerSocket.class);
    }
}
