package platform.core.rest;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.db.api.ServerRegistration;

/** How a PostgreSQL that somebody else runs is reached. */
@Schema(description = "How a PostgreSQL that somebody else runs is reached.")
record NewDatabaseServer(
        @Schema(required = true, description = "Its name or address.", examples = "pg1.example.com")
        String host,

        @Schema(description = "Where it listens; 5432 when absent.")
        Integer port,

        @Schema(description = "verify-full, which is the default, verify-ca, require or disable.")
        String tls,

        @Schema(
                description =
                        "The certificates that vouch for it, in PEM; when absent those that were given before stay.")
        String authorities,

        @Schema(required = true, description = "A login that may create roles and databases.")
        String user,

        @Schema(description = "Of the login; when absent that which was given before stays.")
        String password,

        @Schema(description = "How many connections the platform may have there; all when absent or 0.")
        int connections) {

    ServerRegistration registration(String name) {
        return new ServerRegistration(
                name,
                Required.property("host", host),
                Optional.ofNullable(port).orElse(ServerRegistration.USUAL_PORT),
                Optional.ofNullable(tls).orElse(ServerRegistration.USUAL_TLS),
                Optional.ofNullable(authorities),
                Required.property("user", user),
                Optional.ofNullable(password),
                connections);
    }

    @Override
    public String toString() {
        return "NewDatabaseServer[" + host + "]";
    }
}
