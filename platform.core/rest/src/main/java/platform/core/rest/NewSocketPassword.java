package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A password of the manager's socket that shall be set. */
@Schema(description = "A password of the manager's socket that shall be set.")
record NewSocketPassword(
        @Schema(description = "12 to 256 characters. Absent for a generated one.")
        String password) {

    @Override
    public String toString() {
        return "NewSocketPassword[]";
    }
}
