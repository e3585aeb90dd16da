package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a copy of an instance shall be. */
@Schema(description = "What a copy of an instance shall be.")
record CloneOrder(
        @Schema(required = true, description = "The new instance, name@domain.")
        String as,

        @Schema(description = "The database server that it is placed on. By default the platform's own.")
        String server) {}
