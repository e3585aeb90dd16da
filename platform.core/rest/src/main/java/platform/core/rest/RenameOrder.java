package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.RenameRequest;

/** Which name shall become which. */
@Schema(description = "Which name shall become which.")
record RenameOrder(
        @Schema(
                required = true,
                description = "domain, of instances: name@domain; or host, by which clients reach the platform")
        String kind,

        @Schema(required = true, description = "The name as it is.", examples = "example.com")
        String oldName,

        @Schema(required = true, description = "The name as it shall be.", examples = "example.org")
        String newName) {

    RenameRequest request() {
        return new RenameRequest(
                Names.constant("kind", RenameRequest.Kind.values(), Required.property("kind", kind)),
                Required.property("oldName", oldName),
                Required.property("newName", newName));
    }
}
