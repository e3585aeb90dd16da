package platform.core.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a request was not answered (RFC 9457).
 *
 * @param status the answer's status
 * @param title what the status means
 * @param detail what failed, on what, and what to do
 */
@Schema(description = "Why a request was not answered, by RFC 9457.")
record Problem(
        @Schema(required = true) int status,
        @Schema(required = true) String title,

        @Schema(required = true, description = "What failed, on what, and what to do.")
        String detail) {

    static final String TYPE = "application/problem+json";

    static Response response(Response.StatusType status, String detail) {
        return Response.status(status)
                .type(MediaType.valueOf(TYPE))
                .entity(new Problem(status.getStatusCode(), status.getReasonPhrase(), detail))
                .build();
    }
}
