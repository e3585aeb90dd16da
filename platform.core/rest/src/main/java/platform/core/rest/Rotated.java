package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whose login to the database server has a new password, which nobody is told. */
@Schema(
        name = "RotatedPassword",
        description = "Whose login to the database server has a new password, which nobody is told.")
record Rotated(
        @Schema(required = true, description = "An instance, or platform.")
        String rotated) {}
