package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Work that was begun by a call.
 *
 * @param id by which it is asked for
 * @param operation what is done: {@code instance:start}
 * @param target to what; may be empty
 * @param user for whom
 * @param progress how far it is, in words; may be empty
 * @param ended absent while it runs
 * @param result what the call answers with, shown to its own user only; absent while it runs, and when there is nothing to say
 * @param problem why it failed; absent when it did not
 */
@Schema(description = "Work that was begun by a call.")
record Task(
        @Schema(required = true) String id,
        @Schema(required = true) String operation,
        @Schema(required = true) String target,
        @Schema(required = true) String user,
        @Schema(required = true) TaskState state,
        @Schema(required = true) String progress,
        @Schema(required = true) Instant started,
        Instant ended,
        Object result,
        Problem problem) {}
