package platform.core.rest;

import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.Isolation;
import platform.core.api.ProcessLimits;

/** What shall change about an app; what is absent stays as it is. */
@Schema(description = "What shall change about an app; what is absent stays as it is.")
record AppEdit(
        @Schema(description = "process for one of its own, or bundle for the platform's.", examples = "process")
        String isolation,

        @Schema(description = "How much its process may take. One that runs is restarted.")
        AppLimits limits) {

    void requireSomething() {
        if (isolation == null && limits == null) {
            throw ProblemException.invalid("The body does not say what shall change.");
        }
        wantedIsolation();
    }

    Optional<Isolation> wantedIsolation() {
        return Optional.ofNullable(isolation).map(AppEdit::parse);
    }

    private static Isolation parse(String word) {
        return Stream.of(Isolation.values())
                .filter(it -> it.word().equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid("An app's isolation is process or bundle."));
    }

    ProcessLimits limits(ProcessLimits now) {
        return limits == null ? now : limits.changing(now);
    }
}
