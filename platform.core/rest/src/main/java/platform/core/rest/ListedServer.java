package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.db.api.DatabaseServer;

/** A PostgreSQL server that holds databases of the platform. */
@Schema(name = "DatabaseServer", description = "A PostgreSQL server that holds databases of the platform.")
record ListedServer(
        @Schema(required = true) String name,

        @Schema(required = true, description = "Whether it is the platform's own.")
        boolean embedded,

        @Schema(required = true, description = "Whether it is that of the manager, and of who names none.")
        boolean defaultServer,

        @Schema(required = true, description = "Host and port.")
        String address,

        @Schema(required = true) boolean reachable,

        @Schema(required = true, description = "Of PostgreSQL; empty when it cannot be reached.")
        String version,

        @Schema(
                required = true,
                description = "How many of the platform's databases it has; 0 when it cannot be reached.")
        int databases,

        @Schema(required = true, description = "How many instances are on it.")
        long instances,

        @Schema(required = true, description = "Why it cannot be reached; empty when it can.")
        String problem) {

    static ListedServer of(DatabaseServer server, long instances) {
        return new ListedServer(
                server.name(),
                server.isEmbedded(),
                server.isDefault(),
                server.address(),
                server.isReachable(),
                server.version(),
                server.databases(),
                instances,
                server.problem());
    }
}
