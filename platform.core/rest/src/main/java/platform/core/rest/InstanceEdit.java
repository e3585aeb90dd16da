package platform.core.rest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.InstanceChange;

/** What shall change about an instance; what is absent stays as it is. */
@Schema(description = "What shall change about an instance; what is absent stays as it is.")
record InstanceEdit(
        @Schema(description = "A new path on the webserver. Takes an administrator.")
        String path,

        @Schema(
                description = "How long the old path redirects to the new one, as in ISO 8601. Takes an administrator.",
                type = SchemaType.STRING,
                examples = "P30D")
        Duration keepOldPath,

        @Schema(description = "Whether no former path redirects any more. Takes an administrator.")
        boolean dropOldPaths,

        @Schema(description = "A host name for it alone; an empty one gives it up. Takes an administrator.")
        String host,

        @Schema(description = "Settings to set; a null removes one.")
        Map<String, String> settings,

        @Schema(description = "The trace flags that it has from now on, all of them.")
        List<String> trace) {

    InstanceChange change() {
        Map<String, String> set = new TreeMap<>();
        (settings == null ? Map.<String, String>of() : settings)
                .forEach((key, value) -> set.put(key, value == null ? "" : value));
        InstanceChange change = new InstanceChange(
                Optional.ofNullable(path),
                Optional.ofNullable(keepOldPath),
                dropOldPaths,
                Optional.ofNullable(host),
                Optional.empty(),
                set,
                Optional.ofNullable(trace).map(TraceFlags::of));
        if (change.equals(InstanceChange.NONE)) {
            throw ProblemException.invalid("The body does not say what shall change.");
        }
        return change;
    }
}
