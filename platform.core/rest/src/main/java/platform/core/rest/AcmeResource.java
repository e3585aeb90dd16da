package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.webserver.api.AcmeCertificates;

/** The certificates that the webserver obtains by itself. Its hosts are a setting. */
@Path("certificates/acme")
@Produces(MediaType.APPLICATION_JSON)
public final class AcmeResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    AcmeResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(
            operationId = "listAcmeHosts",
            summary = "List the hosts whose certificates are obtained by ACME, and how it stands with each.",
            description = "They are in the settings of platform.webserver.acme.")
    public List<AcmeHost> list(@BeanParam Paging paging) {
        return paging.page(acme().status()).stream().map(AcmeHost::of).toList();
    }

    @POST
    @Path("{host}/obtain")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "obtainCertificate",
            summary = "Obtain a certificate by ACME now, and use it from the next handshake on.")
    @APIResponseSchema(Certificate.class)
    public Response obtain(@PathParam("host") String host, @BeanParam Change change) {
        if (acme().status().stream().noneMatch(it -> it.host().equals(host))) {
            throw PlatformException.notFound(
                    "There is no such host in the settings of platform.webserver.acme. Add it there first.");
        }
        return tasks.run(change, progress -> Certificate.of(acme().obtain(host, progress)));
    }

    private AcmeCertificates acme() {
        return parts.need(AcmeCertificates.class);
    }
}
