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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.Tokens;

/** What programs log in with. */
@Path("tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TokenResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    TokenResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "listTokens", summary = "List the tokens by name, also those that are over.")
    public List<Token> list(@BeanParam Paging paging) {
        return paging.page(tokens().list()).stream().map(Token::of).toList();
    }

    @GET
    @Path("{token}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "getToken", summary = "Show what is known of a token.")
    public Token get(@PathParam("token") String name) {
        return tokens().list().stream()
                .filter(it -> it.name().equals(name))
                .map(Token::of)
                .findFirst()
                .orElseThrow(() -> PlatformException.notFound("There is no such token."));
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "addToken", summary = "Make a token; the answer is the token.")
    @APIResponseSchema(ShownSecret.class)
    public Response add(NewToken token, @BeanParam Change change) {
        String name = Required.property("name", token.name());
        String user = Required.property("user", token.user());
        Instant expires = Required.property("expires", token.expires());
        return tasks.run(
                change,
                progress ->
                        new ShownSecret(tokens().add(name, user, token.wantedRole(), token.wantedScope(), expires)));
    }

    @DELETE
    @Path("{token}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "removeToken", summary = "Remove a token. It answers with what was known of it.")
    @APIResponseSchema(Token.class)
    public Response remove(@PathParam("token") String name, @BeanParam Change change) {
        return tasks.runIfUnchanged(change, () -> get(name), progress -> {
            Token former = get(name);
            tokens().remove(name);
            return former;
        });
    }

    private Tokens tokens() {
        return parts.need(Tokens.class);
    }
}
