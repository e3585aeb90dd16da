package platform.core.rest;

import java.time.Duration;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.db.api.SqlRequest;

/** A statement that shall be run. */
@Schema(description = "A statement that shall be run.")
record SqlOrder(
        @Schema(required = true, description = "One statement.", examples = "SELECT count(*) FROM entry")
        String sql,

        @Schema(description = "It may change data, and is committed by itself.")
        boolean write,

        @Schema(
                description = "After which it is cancelled, at most PT1H. By default PT30S.",
                type = SchemaType.STRING,
                examples = "PT30S")
        Duration timeout,

        @Schema(description = "How many rows are answered at most. By default 1000.", minimum = "1", maximum = "10000")
        Integer rows) {

    private static final int MOST_ROWS = 10_000;
    private static final Duration LONGEST = Duration.ofHours(1);

    SqlRequest request(String database) {
        Duration limit = Times.span("timeout", Objects.requireNonNullElse(timeout, Duration.ofSeconds(30)));
        int most = Objects.requireNonNullElse(rows, 1000);
        if (most < 1 || most > MOST_ROWS) {
            throw ProblemException.invalid("The property 'rows' is a number from 1 to " + MOST_ROWS + ".");
        }
        if (limit.toMillis() < 1 || limit.compareTo(LONGEST) > 0) {
            throw ProblemException.invalid("The property 'timeout' is a time from PT0.001S to " + LONGEST + ".");
        }
        return new SqlRequest(database, Required.property("sql", sql), write, limit, most);
    }
}
