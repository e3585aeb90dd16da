package platform.core.manager;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How long the audit is kept, in {@code etc/platform.core.manager.audit.cfg}; taken over at once. */
@ObjectClassDefinition(name = "Audit", description = "How long it is kept who did what")
public @interface AuditConfig {

    @AttributeDefinition(
            name = "Keep",
            description = "For how many days entries are kept at least; 0 for ever",
            min = "0",
            max = "36500")
    int keep_days() default 400;
}
