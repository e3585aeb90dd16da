package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.db.api.AccessEntry;

/** Leave to log in to a database from other machines, over TLS only. */
@Schema(name = "DatabaseAccess", description = "Leave to log in to a database from other machines, over TLS only.")
record DatabaseEntry(
        @Schema(required = true) String database,

        @Schema(required = true, description = "As whom to log in.")
        String user,

        @Schema(required = true, description = "From where.")
        String cidr,

        @Schema(required = true) Instant since,

        @Schema(description = "When it ends; absent when it holds until it is denied.")
        Instant expires) {

    static DatabaseEntry of(AccessEntry entry) {
        return new DatabaseEntry(
                entry.database(),
                entry.role(),
                entry.cidr(),
                entry.since(),
                entry.expires().orElse(null));
    }
}
