package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.Users;

/** The second factor of a user: a code of his authenticator, right behind his password. */
@Path("users/{user}/totp")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class UserTotpResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    UserTotpResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "makeTotpSecret",
            summary = "Make a secret for the authenticator of a user. Nothing is kept of it, and he logs in as before.")
    @APIResponseSchema(ShownSecret.class)
    public Response makeSecret(@PathParam("user") String name, @BeanParam Change change) {
        known(name);
        return tasks.run(change, progress -> new ShownSecret(users().newTotpSecret()));
    }

    @PUT
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "setTotp", summary = "Ask a user for a code of his authenticator from now on, too.")
    @APIResponseSchema(User.class)
    public Response set(@PathParam("user") String name, NewTotp wanted, @BeanParam Change change) {
        String secret = Required.property("secret", wanted.secret());
        String code = Required.property("code", wanted.code()).strip();
        return tasks.run(change, progress -> {
            users().setTotp(name, secret, code);
            return known(name);
        });
    }

    @DELETE
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "removeTotp", summary = "Ask a user for his password only.")
    @APIResponseSchema(User.class)
    public Response remove(@PathParam("user") String name, @BeanParam Change change) {
        return tasks.run(change, progress -> {
            users().removeTotp(name);
            return known(name);
        });
    }

    private User known(String name) {
        return users().find(name).map(User::of).orElseThrow(() -> PlatformException.notFound("There is no such user."));
    }

    private Users users() {
        return parts.need(Users.class);
    }
}
