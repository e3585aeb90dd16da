package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.osgi.framework.BundleContext;
import platform.core.api.Role;

/** The bundles of the framework that the platform runs in. */
@Path("bundles")
@Produces(MediaType.APPLICATION_JSON)
public final class BundleResource {

    private final Parts parts;

    @Inject
    BundleResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(operationId = "listBundles", summary = "List the framework's bundles, by number.")
    public List<ListedBundle> list(@BeanParam Paging paging) {
        return paging.page(Stream.of(parts.need(BundleContext.class).getBundles())
                .map(ListedBundle::of)
                .toList());
    }
}
