package platform.core.rest;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.Acknowledgement;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;

/** Something that somebody should act on. */
@Schema(description = "Something that somebody should act on.")
record Alarm(
        @Schema(required = true, description = "What it is about: an instance, or a part of the platform.")
        String source,

        @Schema(required = true, description = "What kind of trouble it is.")
        String code,

        @Schema(required = true, type = SchemaType.STRING, implementation = String.class)
        AlarmSeverity severity,

        @Schema(required = true, description = "What is wrong.")
        String text,

        @Schema(required = true, description = "Why it is so, as far as that is known; may be empty.")
        String cause,

        @Schema(required = true, description = "A shell command that helps, word by word; may be empty.")
        List<String> fix,

        @Schema(required = true) Instant first,
        @Schema(required = true) Instant last,

        @Schema(required = true, description = "How often it was raised.")
        long count,

        @Schema(description = "Since when it is over; absent while it is active.")
        Instant cleared,

        @Schema(description = "Who deals with it; absent while nobody does.")
        String acknowledgedBy,

        @Schema(description = "Since when.") Instant acknowledgedAt) {

    static Alarm of(AlarmInfo info) {
        return new Alarm(
                info.source(),
                info.code(),
                info.severity(),
                info.text(),
                info.cause(),
                info.fix(),
                info.first(),
                info.last(),
                info.count(),
                info.cleared().orElse(null),
                info.acknowledged().map(Acknowledgement::by).orElse(null),
                info.acknowledged().map(Acknowledgement::at).orElse(null));
    }
}
