package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An extension that a database shall have. */
@Schema(description = "An extension that a database shall have.")
record ExtensionOrder(
        @Schema(required = true, examples = "hstore") String name) {}
