package platform.core.rest;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.MoveRequest;
import platform.core.api.InstanceId;

/** Where an instance shall be moved. */
@Schema(description = "Where an instance shall be moved.")
record MoveOrder(
        @Schema(
                required = true,
                description = "The other platform; http: on the same machine only.",
                examples = "https://apps2.example.com:8443")
        String to,

        @Schema(required = true, description = "What the other platform has issued for this.")
        String ticket,

        @Schema(description = "A file on the platform's machine with the authorities that are believed, in PEM.")
        String authorities) {

    MoveRequest request(InstanceId instance) {
        return new MoveRequest(
                instance.toString(),
                Values.address("to", to),
                Required.property("ticket", ticket).strip(),
                Optional.ofNullable(authorities).map(it -> Values.path("authorities", it)));
    }

    @Override
    public String toString() {
        return "MoveOrder[" + to + "]";
    }
}
