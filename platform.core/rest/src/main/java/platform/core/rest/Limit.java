package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.QuotaInfo;

/** A limit of an instance, and how much of it is used. */
@Schema(description = "A limit of an instance, and how much of it is used.")
record Limit(
        @Schema(required = true) String kind,

        @Schema(required = true, description = "COUNT, MILLISECONDS or BYTES")
        String unit,

        @Schema(required = true) long use,
        @Schema(description = "Absent when there is none.") Long limit,

        @Schema(required = true, description = "Whether it was set for this instance.")
        boolean own) {

    static Limit of(QuotaInfo info) {
        return new Limit(
                Names.of(info.kind()),
                info.kind().unit().name(),
                info.use(),
                info.limit().orElse(null),
                info.own());
    }
}
