package platform.core.rest;

import java.time.Duration;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A command file that shall be fetched. */
@Schema(description = "A command file that shall be fetched.")
record NewCommandFile(
        @Schema(
                required = true,
                description = "http: or https:; may have a user and a password, which is not answered.",
                examples = "http://10.0.0.1/backup.txt")
        String url,

        @Schema(
                description = "How often, from PT1M to P365D. By default PT15M.",
                type = SchemaType.STRING,
                examples = "PT15M")
        Duration interval) {

    Duration intervalOrUsual() {
        return Objects.requireNonNullElse(interval, Duration.ofMinutes(15));
    }

    @Override
    public String toString() {
        return "NewCommandFile[every " + interval + "]";
    }
}
