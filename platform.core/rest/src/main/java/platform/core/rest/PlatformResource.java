package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import platform.core.api.Platform;
import platform.core.api.Role;

/** The platform as a whole. */
@Path("platform")
@Produces(MediaType.APPLICATION_JSON)
public final class PlatformResource {

    private final Parts parts;

    @Inject
    PlatformResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(operationId = "getPlatform", summary = "Show the platform as a whole.")
    public About get() {
        Platform platform = parts.need(Platform.class);
        return new About(
                platform.version(), platform.started(), platform.addresses(), new TreeMap<>(platform.refusals()));
    }
}
