package platform.core.admin;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The identity provider that logs in to the web console, in {@code etc/platform.core.admin.oidc.cfg}; taken over at once. */
@ObjectClassDefinition(name = "OpenID Connect", description = "Login to the web console at an identity provider")
public @interface OidcConfig {

    @AttributeDefinition(
            name = "Issuer",
            description = "The provider, as it names itself: https://id.example.com/realms/company. Without it"
                    + " nobody logs in that way")
    String issuer() default "";

    @AttributeDefinition(name = "Client", description = "By what name the provider knows this platform")
    String client_id() default "";

    @AttributeDefinition(
            name = "Secret of the client",
            description = "What the provider has given for it. Empty for a public client, which has none",
            type = AttributeType.PASSWORD)
    String client_secret() default "";

    @AttributeDefinition(
            name = "Address",
            description = "Under what address browsers reach this platform: https://apps.example.com:8443. The provider"
                    + " sends them back to /manager/login/callback there")
    String address() default "";

    @AttributeDefinition(name = "Scopes", description = "What the provider is asked for, besides openid")
    String scopes() default "profile email";

    @AttributeDefinition(name = "Claim of the name", description = "What users are called here, with oidc: before it")
    String claim_name() default "preferred_username";

    @AttributeDefinition(
            name = "Claim of the role",
            description = "What tells what somebody may do: groups, email, realm_access.roles")
    String claim_role() default "groups";

    @AttributeDefinition(
            name = "Roles",
            description =
                    "Which value of that claim gives which role, with semicolons; the first that fits holds: admins ="
                            + " administrator; acme-team = operator *@acme.example. Whom none fits is not let in")
    String roles() default "";
}
