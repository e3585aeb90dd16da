package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What was done about an alarm. */
@Schema(description = "What was done about an alarm.")
record AlarmFix(
        @Schema(required = true, description = "The shell's command, word by word.")
        List<String> command,

        @Schema(required = true, description = "What it has printed.")
        String output) {}
