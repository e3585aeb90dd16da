package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.db.api.GrantedAccess;

/** Access to a database that was just given. */
@Schema(name = "GrantedDatabaseAccess", description = "Access to a database that was just given.")
record GrantedEntry(
        @Schema(required = true) DatabaseEntry access,

        @Schema(required = true, description = "Where the server listens.")
        int port,

        @Schema(description = "The only time that it is shown; absent when it was shown before.")
        String password) {

    static GrantedEntry of(GrantedAccess granted) {
        return new GrantedEntry(
                DatabaseEntry.of(granted.entry()),
                granted.port(),
                granted.password().orElse(null));
    }

    @Override
    public String toString() {
        return "GrantedEntry[" + access + "]";
    }
}
