package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which command file shall be run. */
@Schema(description = "Which command file shall be run.")
record CommandFileOrder(
        @Schema(
                required = true,
                description = "http: or https:; may have a user and a password.",
                examples = "http://10.0.0.1/backup.txt")
        String url) {

    @Override
    public String toString() {
        return "CommandFileOrder[]";
    }
}
