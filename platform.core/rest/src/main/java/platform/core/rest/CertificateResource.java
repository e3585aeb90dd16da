package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.webserver.api.CertificateCheck;
import platform.webserver.api.CertificateUpload;
import platform.webserver.api.Certificates;

/** The certificates that HTTPS shows. */
@Path("certificates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class CertificateResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    CertificateResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(
            operationId = "listCertificates",
            summary = "List the certificates that HTTPS shows, the default one first, then by host.")
    public List<Certificate> list(@BeanParam Paging paging) {
        return paging.page(certificates().list()).stream().map(Certificate::of).toList();
    }

    @GET
    @Path("{host}")
    @Needs(Role.VIEWER)
    @Operation(operationId = "getCertificate", summary = "Show the certificate of a host, or of default.")
    public Certificate get(@PathParam("host") String host) {
        return list(host).stream()
                .findFirst()
                .orElseThrow(() -> PlatformException.notFound(
                        "That host has no certificate of its own. Look at the list of certificates."));
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "importCertificate",
            summary =
                    "Check a certificate with its chain and its private key, and use it from the next handshake on; or"
                            + " only check it.",
            description = "The key is never answered.")
    @APIResponseSchema(ImportedCertificate.class)
    public Response install(
            NewCertificate wanted,
            @QueryParam("dry-run")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String dryRun,
            @BeanParam Change change) {
        boolean onlyChecked = Values.flag("dry-run", dryRun);
        CertificateUpload upload = wanted.upload();
        return tasks.run(
                change,
                progress -> onlyChecked
                        ? ImportedCertificate.of(certificates().check(upload), true)
                        : ImportedCertificate.of(usable(certificates().install(upload)), false));
    }

    private static CertificateCheck usable(CertificateCheck check) {
        if (!check.isUsable()) {
            throw new ProblemException(
                    Problems.Unprocessable.CONTENT, String.join(" ", check.errors()) + " Nothing was changed.");
        }
        return check;
    }

    @DELETE
    @Path("{host}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "removeCertificate",
            summary =
                    "Forget the certificate of a host, which shows the default one again; or default, which is then the"
                            + " platform's own again.",
            description = "It answers with the certificate as it was.")
    @APIResponseSchema(Certificate.class)
    public Response remove(@PathParam("host") String host, @BeanParam Change change) {
        return tasks.runIfUnchanged(change, () -> get(host), progress -> {
            Certificate former = get(host);
            if (!certificates().remove(Certificate.host(host))) {
                throw PlatformException.notFound("There is nothing to remove: this is the platform's own certificate.");
            }
            return former;
        });
    }

    private List<Certificate> list(String host) {
        Optional<String> wanted = Certificate.host(host);
        return certificates().list().stream()
                .filter(it -> it.host().equals(wanted))
                .map(Certificate::of)
                .toList();
    }

    private Certificates certificates() {
        return parts.need(Certificates.class);
    }
}
