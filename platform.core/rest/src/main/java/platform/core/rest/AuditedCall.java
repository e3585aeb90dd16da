package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.AuditEntry;

/** Who did what to what, from where, and what came of it. */
@Schema(name = "AuditEntry", description = "Who did what to what, from where, and what came of it.")
record AuditedCall(
        @Schema(required = true) long number,
        @Schema(required = true) Instant at,
        @Schema(required = true) String user,
        @Schema(required = true) String role,

        @Schema(required = true, description = "shell, ssh, rest or console")
        String origin,

        @Schema(required = true) String from,
        @Schema(required = true) String action,
        @Schema(required = true) String arguments,
        @Schema(required = true) String target,
        @Schema(required = true) String result,
        @Schema(required = true) String before,
        @Schema(required = true) String after,
        @Schema(required = true) String hash) {

    static AuditedCall of(AuditEntry entry) {
        return new AuditedCall(
                entry.number(),
                entry.at(),
                entry.event().caller().user(),
                entry.event().caller().role().toString(),
                entry.event().caller().origin().toString(),
                entry.event().caller().from(),
                entry.event().action(),
                entry.event().arguments(),
                entry.event().target(),
                entry.result(),
                entry.before(),
                entry.after(),
                entry.hash());
    }
}
