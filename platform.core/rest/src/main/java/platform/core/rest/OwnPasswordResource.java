package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.Access;
import platform.core.api.Caller;
import platform.core.api.Login;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.Users;

/** The password of whoever calls. */
@Path("me")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class OwnPasswordResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    OwnPasswordResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @PUT
    @Path("password")
    @Needs(value = Role.VIEWER, filtered = true)
    @Operation(
            operationId = "changeOwnPassword",
            summary = "Change your own password, whatever your role.",
            description =
                    "The present one is asked for, also of who comes by a token; a wrong one counts as a wrong login.")
    @APIResponseSchema(ShownSecret.class)
    public Response change(OwnPassword wanted, @BeanParam Change change) {
        Caller caller = change.call().caller();
        // A token is called by its user's name and its own: anna/ci.
        String user = caller.user().replaceFirst("/.*", "");
        String former = wanted.former();
        return tasks.run(change, progress -> {
            prove(user, former, caller);
            return new ShownSecret(parts.need(Users.class).setPassword(user, wanted.wanted()));
        });
    }

    private void prove(String user, String password, Caller caller) {
        Login login =
                parts.need(Access.class).login(user, password.toCharArray(), caller.origin(), address(caller.from()));
        if (!login.pause().isZero()) {
            throw new ProblemException(
                    Response.Status.TOO_MANY_REQUESTS,
                    "Too many wrong passwords. Wait " + (login.pause().toSeconds() + 1) + " seconds.");
        }
        if (login.caller().isEmpty()) {
            throw new PlatformException(
                    PlatformException.Kind.DENIED, "The present password is wrong. The password was not changed.");
        }
    }

    private static InetAddress address(String digits) {
        try {
            // In digits, which nobody is asked for.
            return InetAddress.getByName(digits);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("'" + digits + "' is no address", e);
        }
    }
}
