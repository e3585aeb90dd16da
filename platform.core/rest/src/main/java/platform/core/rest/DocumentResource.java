package platform.core.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import platform.core.api.Role;

/** The document that describes all of this. */
@Path("openapi.json")
@Produces(MediaType.APPLICATION_JSON)
public final class DocumentResource {

    static final String DOCUMENT = "/openapi.json";

    @GET
    @Needs(value = Role.VIEWER, filtered = true)
    @Operation(operationId = "getDocument", summary = "Show this document (OpenAPI 3.1).")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    public byte[] get() {
        try (InputStream document = DocumentResource.class.getResourceAsStream(DOCUMENT)) {
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The API's document cannot be read", e);
        }
    }
}
