package platform.core.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.TimeRestoreRequest;
import platform.core.api.InstanceId;

/** To which moment an instance shall be restored. */
@Schema(description = "To which moment an instance shall be restored.")
record TimeRestoreOrder(
        @Schema(
                required = true,
                type = SchemaType.STRING,
                description = "The moment, with its zone. What was written later is not there.",
                examples = "2026-11-27T09:30:00+01:00")
        String to,

        @Schema(description = "The new instance to make of it, name@domain. Takes an administrator.")
        String as) {

    TimeRestoreRequest request(InstanceId instance) {
        return new TimeRestoreRequest(
                instance.toString(),
                moment(Required.property("to", to)),
                Optional.ofNullable(as).map(InstanceId::parse).map(InstanceId::toString));
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw ProblemException.invalid(
                    "The property 'to' is no moment. Give one with its zone, such as 2026-11-27T08:30:00Z.");
        }
    }
}
