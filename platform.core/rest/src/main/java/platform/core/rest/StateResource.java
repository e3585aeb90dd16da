package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.Caller;
import platform.core.api.DesiredState;
import platform.core.api.Role;
import platform.core.api.StateDocument;
import platform.core.api.StatePlan;

/** The platform's state as one document. What it names on the platform's machine is not read for who comes over the network. */
@Path("state")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({StateResource.YAML, MediaType.APPLICATION_JSON})
public final class StateResource {

    static final String YAML = "application/yaml";

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    StateResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, YAML})
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "exportState",
            summary = "Show what the platform is, by section and name, without secrets; defaults are left out.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)),
                @Content(mediaType = YAML, schema = @Schema(type = SchemaType.STRING))
            })
    public Response export(@Context Request request) {
        Variant variant =
                request.selectVariant(Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, MediaType.valueOf(YAML))
                        .build());
        boolean yaml = variant.getMediaType().toString().equals(YAML);
        return Response.ok(yaml ? state().exportText() : state().export(), variant)
                .build();
    }

    @POST
    @Path("diff")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "diffState",
            summary =
                    "Show in what the platform differs from a document: the steps to what it says, none when it is so.")
    public StateDifference diff(
            @RequestBody(
                            required = true,
                            content = @Content(mediaType = YAML, schema = @Schema(type = SchemaType.STRING)))
                    InputStream document,
            @QueryParam("prune") @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String prune,
            @Context HttpServletRequest http) {
        return StateDifference.of(plan(text(document), Values.flag("prune", prune), Callers.of(http))
                .steps());
    }

    @POST
    @Path("apply")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "applyState",
            summary = "Bring about what a document describes; or only say what would be done.",
            description =
                    "What it does not name stays as it is; with prune, what its sections do not name is removed, instances"
                            + " with all their data. A step that fails ends it.")
    @APIResponseSchema(AppliedState.class)
    public Response apply(
            @RequestBody(
                            required = true,
                            content = @Content(mediaType = YAML, schema = @Schema(type = SchemaType.STRING)))
                    InputStream document,
            @QueryParam("prune") @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String prune,
            @QueryParam("dry-run")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String dryRun,
            @BeanParam Change change) {
        boolean removes = Values.flag("prune", prune);
        boolean onlyTold = Values.flag("dry-run", dryRun);
        String text = text(document);
        change.sent(EntityTags.of(text).getValue());
        return tasks.runIfUnchanged(change, () -> state().export(), progress -> {
            StatePlan plan = plan(text, removes, change.call().caller());
            return onlyTold ? AppliedState.planned(plan.steps()) : AppliedState.applied(plan, progress, change.call());
        });
    }

    private StatePlan plan(String text, boolean prune, Caller caller) {
        return state().plan(new StateDocument(text, prune, caller.user(), false));
    }

    private static String text(InputStream document) {
        try {
            return StateDocument.read(document);
        } catch (IOException e) {
            throw new UncheckedIOException("The document did not arrive", e);
        }
    }

    private DesiredState state() {
        return parts.need(DesiredState.class);
    }
}
