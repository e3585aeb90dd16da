package platform.core.rest;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.TablesResult;

/** Tables that were restored. */
@Schema(description = "Tables that were restored.")
record RestoredTables(
        @Schema(required = true) String instance,

        @Schema(required = true, description = "When the backup was made.")
        Instant made,

        @Schema(required = true) List<RestoredTable> tables) {

    static RestoredTables of(TablesResult result) {
        return new RestoredTables(
                result.instance(),
                result.made(),
                result.tables().stream()
                        .map(it -> new RestoredTable(it.table(), it.into(), it.rows()))
                        .toList());
    }

    @Schema(description = "A table that was restored.")
    record RestoredTable(
            @Schema(required = true, description = "As it is called in the backup.")
            String table,

            @Schema(required = true, description = "Where its rows are now.")
            String into,

            @Schema(required = true) long rows) {}
}
