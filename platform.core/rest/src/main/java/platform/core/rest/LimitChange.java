package platform.core.rest;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.QuotaChange;
import platform.core.api.QuotaKind;

/** What of an instance's limits shall change; what is absent stays as it is. */
@Schema(description = "What of an instance's limits shall change; what is absent stays as it is.")
record LimitChange(
        @Schema(description = "New limits by kind, in the unit of the kind; null for none.")
        Map<String, Long> limits,

        @Schema(description = "The kinds that shall have the platform's default again.")
        List<String> toDefault) {

    QuotaChange change() {
        Map<QuotaKind, Optional<Long>> wanted = new LinkedHashMap<>();
        if (limits != null) {
            limits.forEach((kind, value) -> wanted.put(Names.quota(kind), Optional.ofNullable(value)));
        }
        Set<QuotaKind> defaults = new HashSet<>();
        if (toDefault != null) {
            toDefault.forEach(kind -> defaults.add(Names.quota(Required.property("toDefault", kind))));
        }
        QuotaChange change = new QuotaChange(wanted, defaults);
        if (change.isEmpty()) {
            throw ProblemException.invalid("The body does not say what shall change.");
        }
        return change;
    }
}
