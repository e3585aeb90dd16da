package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A public SSH key by which a user shall log in. */
@Schema(description = "A public SSH key by which a user shall log in.")
record NewSshKey(
        @Schema(
                required = true,
                description = "As in the file *.pub: Ed25519, ECDSA, or RSA of at least 3072 bits.",
                examples = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOni… anna@laptop")
        String line) {}
