package platform.core.rest;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A password that shall be set.
 *
 * @param grace how long the former one is accepted still
 */
@Schema(description = "A password that shall be set.")
record NewPassword(
        @Schema(description = "Absent for a generated one.") String password,

        @Schema(
                description = "Of an instance: how long the former one is accepted still, as in ISO 8601.",
                type = SchemaType.STRING,
                examples = "PT2H")
        Duration grace) {

    Optional<String> wanted() {
        return Optional.ofNullable(password);
    }

    Duration graceOrNone() {
        return Optional.ofNullable(grace).orElse(Duration.ZERO);
    }

    @Override
    public String toString() {
        return "NewPassword[grace=" + grace + "]";
    }
}
