package platform.core.rest;

import java.time.Duration;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a ticket shall let in. */
@Schema(name = "MoveTicketOrder", description = "What a ticket shall let in.")
record TicketOrder(
        @Schema(description = "What the instance shall be called here, name@domain. By default as there.")
        String as,

        @Schema(
                description = "How long a move can begin with it. By default PT1H.",
                type = SchemaType.STRING,
                examples = "PT1H")
        Duration valid) {

    Duration validOrUsual() {
        return Times.span("valid", Objects.requireNonNullElse(valid, Duration.ofHours(1)));
    }
}
