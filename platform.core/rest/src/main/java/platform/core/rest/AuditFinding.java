package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether the audit is whole. */
@Schema(description = "Whether the audit is whole.")
record AuditFinding(
        @Schema(required = true, description = "The first entry that is kept.")
        long first,

        @Schema(required = true, description = "Why it begins there; empty when nothing was removed.")
        String beginning,

        @Schema(required = true) long last,

        @Schema(required = true, description = "What is wrong; empty when it is whole.")
        List<String> findings) {}
