package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.ExportResult;

/** An instance that was written to a file. */
@Schema(description = "An instance that was written to a file.")
record ExportedInstance(
        @Schema(required = true) String instance,
        @Schema(required = true) String file,
        @Schema(required = true) long bytes,
        @Schema(required = true) long rows,

        @Schema(description = "The key that opens the file, when it was made for it: the only time that it is shown.")
        String newKey) {

    static ExportedInstance of(ExportResult result) {
        return new ExportedInstance(
                result.manifest().header().instance(),
                result.file().toString(),
                result.bytes(),
                result.manifest().allRows(),
                result.key().orElse(null));
    }

    @Override
    public String toString() {
        return "ExportedInstance[" + instance + " in " + file + "]";
    }
}
