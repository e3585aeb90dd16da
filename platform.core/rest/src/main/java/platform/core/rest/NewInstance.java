package platform.core.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.InstanceId;
import platform.core.api.InstanceSpec;
import platform.core.api.TraceFlag;

/** What a new instance shall be; what is absent gets its default. */
@Schema(description = "What a new instance shall be; what is absent gets its default.")
record NewInstance(
        @Schema(required = true, description = "name@domain")
        String id,

        @Schema(required = true) String app,

        @Schema(description = "Its path on the webserver; by default /<domain>/<name>.")
        String path,

        @Schema(description = "A host name for it alone.") String host,

        @Schema(description = "Its database and role; by default <domain>_<name>.")
        String database,

        @Schema(description = "The database server to place it on.")
        String server,

        @Schema(description = "The instance password; by default a generated one.")
        String password,

        @Schema(description = "Handed to the app as they are.")
        Map<String, String> settings,

        @Schema(description = "Its trace flags, which say what is logged in detail; by default app and app-websocket.")
        List<String> trace) {

    InstanceSpec spec() {
        return new InstanceSpec(
                InstanceId.parse(Required.property("id", id)),
                Required.property("app", app),
                Optional.ofNullable(path),
                Optional.ofNullable(host),
                Optional.ofNullable(database),
                Optional.ofNullable(password),
                settings == null ? Map.of() : Required.noNulls("settings", settings),
                Optional.ofNullable(server),
                trace == null ? TraceFlag.DEFAULT : TraceFlags.of(trace));
    }
}
