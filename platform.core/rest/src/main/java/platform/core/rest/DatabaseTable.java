package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.db.api.TableStatus;

/** A table or a materialized view. */
@Schema(description = "A table or a materialized view. Rows and bloat are estimates.")
record DatabaseTable(
        @Schema(required = true) String schema,
        @Schema(required = true) String name,

        @Schema(required = true, description = "With its indexes and long values.")
        long bytes,

        @Schema(required = true) long indexBytes,
        @Schema(required = true) long liveRows,

        @Schema(required = true, description = "Old versions that no vacuum has removed yet.")
        long deadRows,

        @Schema(description = "What its rows do not need; absent while nothing was analyzed.")
        Long bloatBytes,

        @Schema(description = "The same of its indexes.") Long indexBloatBytes,
        @Schema(description = "Absent when there was none.") Instant lastVacuum,
        @Schema(description = "Absent when there was none.") Instant lastAnalyze) {

    static DatabaseTable of(TableStatus status) {
        return new DatabaseTable(
                status.schema(),
                status.name(),
                status.bytes(),
                status.indexBytes(),
                status.liveRows(),
                status.deadRows(),
                status.bloatBytes().orElse(null),
                status.indexBloatBytes().orElse(null),
                status.lastVacuum().orElse(null),
                status.lastAnalyze().orElse(null));
    }
}
