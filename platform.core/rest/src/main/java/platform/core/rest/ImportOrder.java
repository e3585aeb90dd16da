package platform.core.rest;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.BackupSource;
import platform.backup.api.RestoreRequest;
import platform.core.api.InstanceId;

/** Which file an instance shall be made of. */
@Schema(description = "Which file an instance shall be made of.")
record ImportOrder(
        @Schema(required = true, description = "The name of a target, or the path of a folder from / on.")
        String place,

        @Schema(required = true, description = "The file's name there.")
        String name,

        @Schema(description = "What it shall be called, name@domain. By default as it was.")
        String as,

        @Schema(description = "The secret key that opens the file, AGE-SECRET-KEY-1…. By default the platform's own.")
        String key,

        @Schema(description = "Although the app is older here than the one that the file was made with.")
        boolean asIs,

        @Schema(description = "The database server that it is placed on. By default the platform's own.")
        String server,

        @Schema(
                description =
                        "Where the app is missing or older, install the one in the file, first, or that of a backup of"
                                + " the manager at the same place.")
        boolean install) {

    RestoreRequest request() {
        return new RestoreRequest(
                new BackupSource(Required.property("place", place), Required.property("name", name)),
                Optional.ofNullable(as).map(InstanceId::parse).map(InstanceId::toString),
                asIs,
                Optional.ofNullable(server),
                install);
    }

    List<String> keys() {
        return key == null ? List.of() : List.of(key.strip());
    }

    @Override
    public String toString() {
        return "ImportOrder[" + place + " " + name + "]";
    }
}
