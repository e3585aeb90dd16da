package platform.core.rest;

import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who shall be let in to a database. */
@Schema(description = "Who shall be let in to a database.")
record AccessOrder(
        @Schema(
                required = true,
                description = "An address or a network: 192.0.2.7, 2001:db8::/32.",
                examples = "192.0.2.0/24")
        String cidr,

        @Schema(
                description = "For how long, as in ISO 8601. Until it is denied when absent.",
                type = SchemaType.STRING,
                examples = "P7D")
        Duration lasts) {}
