package platform.core.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** What all calls that change something have in common. */
public final class Change {

    private static final int LONGEST_WAIT = 120;
    private static final int LONGEST_KEY = 255;

    @QueryParam("wait")
    @DefaultValue("30")
    @Parameter(
            description = "For how many seconds to wait for the end of the work. If it takes longer, the answer is 202"
                    + " with the task, which goes on.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "0", maximum = "120"))
    private String wait;

    @HeaderParam("Idempotency-Key")
    @Parameter(
            description =
                    "Any text of the caller's own, such as a UUID. A call that is repeated with it within an hour is"
                            + " done once, and answered as the first one.",
            schema = @Schema(type = SchemaType.STRING, maxLength = LONGEST_KEY))
    private String key;

    @HeaderParam("If-Match")
    @Parameter(
            description =
                    "The ETag that the resource had when the caller read it: if it has another one now, nothing is"
                            + " changed, and the answer is 412.",
            schema = @Schema(type = SchemaType.STRING))
    private String seen;

    @Context
    private HttpServletRequest request;

    Call call() {
        return Call.of(request).orElseThrow();
    }

    Duration waiting() {
        return Duration.ofSeconds(Values.number("wait", wait, 0, LONGEST_WAIT));
    }

    /** By which a repeated call is known, apart from those of others. */
    Optional<String> key() {
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw ProblemException.invalid("An Idempotency-Key has 1 to " + LONGEST_KEY + " characters.");
        }
        return Optional.ofNullable(key).map(it -> call().caller().user() + " " + it);
    }

    /** A file has been sent, which is known by its hash: the same key is not for another one. */
    void sent(String hash) {
        request.setAttribute(Body.ATTRIBUTE, hash);
    }

    /** What is asked for, so that a key is not used for two things. */
    String fingerprint() {
        return call().event().action() + " " + call().event().target() + " " + request.getQueryString() + " "
                + request.getAttribute(Body.ATTRIBUTE);
    }

    /**
     * Refuses to change what has changed since the caller saw it (header {@code If-Match}, RFC 9110 13.1.1). Nobody else may
     * change it between this and the change: see {@link Turns}.
     *
     * @param current null when it is not there
     */
    void requireUnchanged(Object current) {
        String tag = EntityTags.of(current).getValue();
        if (seen != null && (current == null || !isSeen(tag))) {
            throw new ProblemException(
                    Response.Status.PRECONDITION_FAILED,
                    "It has changed since you read it. Read it again, and decide again: its ETag is now " + tag + ".");
        }
    }

    /** By itself: the thread that does the work is none of a request, which Jersey would want. */
    private boolean isSeen(String tag) {
        return Stream.of(seen.split(","))
                .map(String::trim)
                .anyMatch(it -> it.equals("*") || it.equals('"' + tag + '"'));
    }
}
