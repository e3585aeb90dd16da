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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.UserKeys;

/** By which SSH keys a user may log in. */
@Path("users/{user}/keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class UserKeyResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    UserKeyResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "listUserKeys", summary = "List the SSH keys of a user, by fingerprint.")
    public List<SshKey> list(@PathParam("user") String user, @BeanParam Paging paging) {
        return paging.page(found(user));
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "addUserKey",
            summary = "Let a user log in over SSH by a key, which stands in for password and second factor.")
    @APIResponseSchema(SshKey.class)
    public Response add(@PathParam("user") String user, NewSshKey wanted, @BeanParam Change change) {
        String line = Required.property("line", wanted.line()).strip();
        return tasks.run(change, progress -> SshKey.of(keys().add(user, line)));
    }

    @DELETE
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "removeUserKey",
            summary = "Let a user log in over SSH by a key no more.",
            description = "It answers with the key as it was.")
    @APIResponseSchema(SshKey.class)
    public Response remove(
            @PathParam("user") String user,
            @QueryParam("fingerprint") @Parameter(required = true, description = "As it is listed: SHA256:…")
                    String fingerprint,
            @BeanParam Change change) {
        if (fingerprint == null) {
            throw ProblemException.invalid("The query parameter 'fingerprint' is missing.");
        }
        return tasks.run(change, progress -> {
            SshKey former = found(user).stream()
                    .filter(it -> it.fingerprint().equals(fingerprint))
                    .findFirst()
                    .orElseThrow(() ->
                            PlatformException.notFound("The user has no such key. Look at the list of his keys."));
            keys().remove(user, fingerprint);
            return former;
        });
    }

    private List<SshKey> found(String user) {
        return keys().list().stream()
                .filter(it -> it.user().equals(user))
                .map(SshKey::of)
                .toList();
    }

    private UserKeys keys() {
        return parts.need(UserKeys.class);
    }
}
