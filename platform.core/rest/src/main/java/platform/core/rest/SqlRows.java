package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.db.api.SqlResult;

/** What a statement has given. */
@Schema(name = "SqlResult", description = "What a statement has given.")
record SqlRows(
        @Schema(
                required = true,
                description = "Their names, not always different ones; none for a statement without rows.")
        List<String> columns,

        @Schema(
                required = true,
                description = "The values of each row: text as PostgreSQL writes it, or null for NULL.")
        List<List<Object>> rows,

        @Schema(required = true, description = "Whether there are rows beyond those that were wanted.")
        boolean more,

        @Schema(description = "How many rows it has changed; absent for a statement that changes none.")
        Long changed,

        @Schema(required = true) double seconds) {

    static SqlRows of(SqlResult result) {
        return new SqlRows(
                result.columns(),
                result.rows().stream()
                        .map(row ->
                                row.stream().<Object>map(it -> it.orElse(null)).toList())
                        .toList(),
                result.more(),
                result.changed().orElse(null),
                Times.seconds(result.took()));
    }
}
