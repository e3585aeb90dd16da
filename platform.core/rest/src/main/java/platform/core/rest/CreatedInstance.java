package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A new instance.
 *
 * @param password its instance password, when it was generated: the only time that it is shown
 */
@Schema(description = "A new instance.")
record CreatedInstance(
        @Schema(required = true) Instance instance,

        @Schema(description = "Its password when it was generated: the only time that it is shown.")
        String password) {

    @Override
    public String toString() {
        return "CreatedInstance[" + instance.id() + "]";
    }
}
