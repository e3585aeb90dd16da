package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import platform.core.api.Caller;
import platform.core.api.InstanceId;
import platform.core.api.Metrics;
import platform.core.api.Role;

/** What the platform and its instances do and use. */
@Path("metrics")
@Produces(MediaType.APPLICATION_JSON)
public final class MetricResource {

    private final Parts parts;

    @Inject
    MetricResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Needs(value = Role.VIEWER, filtered = true)
    @Operation(
            operationId = "listMetrics",
            summary =
                    "Show the last ten seconds: of the platform first, then of each instance that the caller may see.")
    public List<Measurement> latest(@BeanParam Paging paging, @Context HttpServletRequest request) {
        Caller caller = Callers.of(request);
        return paging.page(metrics().latest().stream()
                .filter(it -> it.instance()
                        .map(caller.scope()::includes)
                        .orElse(caller.scope().everything()))
                .map(Measurement::of)
                .toList());
    }

    @GET
    @Path("history")
    @Needs(Role.VIEWER)
    @Operation(operationId = "listPastMetrics", summary = "Show what was measured of the platform, the oldest first.")
    public List<Measurement> history(
            @QueryParam("since") @DefaultValue("PT1H") String since, @BeanParam Paging paging) {
        return history(Optional.empty(), since, paging);
    }

    @GET
    @Path("history/{instance}")
    @Needs(Role.VIEWER)
    @Operation(
            operationId = "listPastInstanceMetrics",
            summary = "Show what was measured of an instance, the oldest first.")
    public List<Measurement> instanceHistory(
            @PathParam("instance") String id,
            @QueryParam("since") @DefaultValue("PT1H") String since,
            @BeanParam Paging paging) {
        return history(Optional.of(InstanceId.parse(id)), since, paging);
    }

    private List<Measurement> history(Optional<InstanceId> instance, String since, Paging paging) {
        return paging.page(metrics().history(instance, Times.since(since)).stream()
                .map(Measurement::of)
                .toList());
    }

    private Metrics metrics() {
        return parts.need(Metrics.class);
    }
}
