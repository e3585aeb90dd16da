package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A test message has reached a sink. */
@Schema(name = "AlarmSinkTest", description = "A test message has reached a sink.")
record TestedSink(
        @Schema(required = true) String sink,

        @Schema(required = true, description = "What the other side has said.")
        String answer) {}
