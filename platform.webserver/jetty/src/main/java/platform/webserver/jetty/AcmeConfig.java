package platform.webserver.jetty;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Certificates that the webserver obtains by itself, in {@code etc/platform.webserver.acme.cfg}. Off without hosts. */
@ObjectClassDefinition(name = "Webserver: ACME", description = "Certificates obtained and renewed by ACME (RFC 8555)")
public @interface AcmeConfig {

    @AttributeDefinition(
            name = "Directory",
            description =
                    "Where the certificate authority begins: https://acme-v02.api.letsencrypt.org/directory for Let's Encrypt")
    String directory() default "";

    @AttributeDefinition(
            name = "Hosts",
            description = "Names that get a certificate each, separated by commas; no wildcards. Empty is off")
    String hosts() default "";

    @AttributeDefinition(
            name = "Contact",
            description = "Mail addresses that the authority may write to, separated by commas")
    String contact() default "";

    @AttributeDefinition(
            name = "Terms agreed",
            description = "Whether you have read the authority's terms of service and agree to them")
    boolean terms_agreed() default false;

    @AttributeDefinition(
            name = "Certificate of the authority",
            description = "A PEM file with what vouches for a private authority's own HTTPS; empty for a public one")
    String ca_file() default "";

    @AttributeDefinition(
            name = "Renewal (days)",
            description = "How long before its end a certificate is renewed; at most a third of its life",
            min = "1",
            max = "3650")
    int renew_days() default 30;
}
