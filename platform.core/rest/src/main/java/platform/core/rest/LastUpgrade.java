package platform.core.rest;

import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The last upgrade of the platform's PostgreSQL. */
@Schema(description = "The last upgrade of the platform's PostgreSQL.")
record LastUpgrade(
        @Schema(description = "The last day on which it can be taken back; absent when there is none to take back.")
        LocalDate keptUntil) {}
