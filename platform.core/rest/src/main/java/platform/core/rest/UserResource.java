package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.AccessScope;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.UserInfo;
import platform.core.api.Users;

/** Who may log in. */
@Path("users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class UserResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    UserResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "listUsers", summary = "List the users by name.")
    public List<User> list(@BeanParam Paging paging) {
        return paging.page(users().list()).stream().map(User::of).toList();
    }

    @GET
    @Path("{user}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "getUser", summary = "Show a user.")
    public User get(@PathParam("user") String name) {
        return User.of(find(name));
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "addUser", summary = "Add a user; the answer is his password.")
    @APIResponseSchema(ShownSecret.class)
    public Response add(NewUser user, @BeanParam Change change) {
        String name = Required.property("name", user.name());
        return tasks.run(
                change,
                progress -> new ShownSecret(users().add(
                                name, user.wantedRole(), user.wantedScope(), Optional.ofNullable(user.password()))));
    }

    @PATCH
    @Path("{user}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "editUser", summary = "Give a user another role or scope, or let him log in or not.")
    @APIResponseSchema(User.class)
    public Response edit(@PathParam("user") String name, UserEdit wanted, @BeanParam Change change) {
        Optional<Role> role = Optional.ofNullable(wanted.role()).map(Role::parse);
        Optional<AccessScope> scope = Optional.ofNullable(wanted.scope()).map(AccessScope::parse);
        return tasks.runIfUnchanged(change, () -> get(name), progress -> {
            UserInfo user = find(name);
            if (role.isPresent() || scope.isPresent()) {
                users().setRole(name, role.orElse(user.role()), scope.orElse(user.scope()));
            }
            if (wanted.enabled() != null) {
                users().setEnabled(name, wanted.enabled());
            }
            return get(name);
        });
    }

    @PUT
    @Path("{user}/password")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "setUserPassword", summary = "Give a user a new password.")
    @APIResponseSchema(ShownSecret.class)
    public Response setPassword(@PathParam("user") String name, NewPassword wanted, @BeanParam Change change) {
        return tasks.run(change, progress -> new ShownSecret(users().setPassword(name, wanted.wanted())));
    }

    @DELETE
    @Path("{user}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "removeUser",
            summary = "Remove a user with his tokens. It answers with the user as he was.")
    @APIResponseSchema(User.class)
    public Response remove(@PathParam("user") String name, @BeanParam Change change) {
        return tasks.runIfUnchanged(change, () -> get(name), progress -> {
            User former = get(name);
            users().remove(name);
            return former;
        });
    }

    private UserInfo find(String name) {
        return users().find(name).orElseThrow(() -> PlatformException.notFound("There is no such user."));
    }

    private Users users() {
        return parts.need(Users.class);
    }
}
