package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A password or token that is shown once. */
@Schema(description = "A password or token: the only time that it is shown.")
record ShownSecret(@Schema(required = true) String secret) {

    @Override
    public String toString() {
        return "ShownSecret[]";
    }
}
