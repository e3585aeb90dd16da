package platform.core.rest;

import java.time.Duration;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.ArchiveSetup;

/** Where and how all that is written shall be archived. */
@Schema(description = "Where and how all that is written shall be archived.")
record NewArchive(
        @Schema(required = true, description = "The name of a target, or the path of a folder.")
        String target,

        @Schema(
                description = "How often the whole server is copied. By default PT24H.",
                type = SchemaType.STRING,
                examples = "PT24H")
        Duration every,

        @Schema(
                description = "How far back one can restore. By default PT168H.",
                type = SchemaType.STRING,
                examples = "PT168H")
        Duration keep) {

    ArchiveSetup setup() {
        return new ArchiveSetup(
                Required.property("target", target),
                Objects.requireNonNullElse(every, Duration.ofHours(24)),
                Objects.requireNonNullElse(keep, Duration.ofDays(7)));
    }
}
