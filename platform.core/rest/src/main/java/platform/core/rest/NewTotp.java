package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The second factor that a user shall be asked for. */
@Schema(description = "The second factor that a user shall be asked for.")
record NewTotp(
        @Schema(required = true, description = "As it was made for his authenticator.")
        String secret,

        @Schema(required = true, description = "What his authenticator shows: proof that it has the secret.")
        String code) {

    @Override
    public String toString() {
        return "NewTotp[]";
    }
}
