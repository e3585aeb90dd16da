package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a database shall be. */
@Schema(description = "Where a database shall be.")
record MoveDatabaseOrder(
        @Schema(required = true, description = "The name of the database server, as in the list of servers.")
        String server) {}
