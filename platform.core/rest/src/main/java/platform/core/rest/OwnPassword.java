package platform.core.rest;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new password of the caller's own. */
@Schema(description = "A new password of the caller's own.")
record OwnPassword(
        @Schema(
                required = true,
                description = "The present one, with the code of the second factor right behind it if there is one.")
        String formerPassword,

        @Schema(description = "Absent for a generated one.") String password) {

    String former() {
        return Required.property("formerPassword", formerPassword);
    }

    Optional<String> wanted() {
        return Optional.ofNullable(password);
    }

    @Override
    public String toString() {
        return "OwnPassword[]";
    }
}
