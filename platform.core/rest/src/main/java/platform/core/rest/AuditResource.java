package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import platform.core.api.Audit;
import platform.core.api.AuditCheck;
import platform.core.api.Role;

/** Who did what. */
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {

    private final Parts parts;

    @Inject
    AuditResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "listAudit", summary = "List who did what, the newest first.")
    public List<AuditedCall> list(
            @QueryParam("since") @DefaultValue("P7D") String since,
            @QueryParam("word") @DefaultValue("") String word,
            @BeanParam Paging paging) {
        return paging.page(audit().list(Times.since(since), paging.needed(), word)).stream()
                .map(AuditedCall::of)
                .toList();
    }

    @GET
    @Path("verification")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "verifyAudit", summary = "Compute the chain of hashes anew, and tell where it is broken.")
    public AuditFinding verify() {
        AuditCheck check = audit().verify();
        return new AuditFinding(check.first(), check.beginning(), check.last(), check.findings());
    }

    private Audit audit() {
        return parts.need(Audit.class);
    }
}
