package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.db.api.DiskStatus;

/** How the disk of the data folder stands, in bytes. */
@Schema(description = "How the disk of the data folder stands, in bytes.")
record Disk(
        @Schema(
                required = true,
                description = "ok; low: there is an alarm; very-low: logs, backups and dumps do not grow; full: the"
                        + " databases take no writes.")
        String level,

        @Schema(required = true) long total,
        @Schema(required = true) long usable,

        @Schema(required = true, description = "What is kept for when it is full.")
        long reserve,

        @Schema(required = true, description = "What should be kept.")
        long wholeReserve,

        @Schema(required = true, description = "What can be written beside the whole reserve; may be less than zero.")
        long room,

        @Schema(required = true, description = "What must be freed until it is not full any more.")
        long missing,

        @Schema(required = true, description = "Below how much room it is low.")
        long lowBelow,

        @Schema(required = true) long veryLowBelow,
        @Schema(required = true) long fullBelow) {

    static Disk of(DiskStatus status) {
        return new Disk(
                Names.of(status.level()),
                status.total(),
                status.usable(),
                status.reserve(),
                status.wholeReserve(),
                status.room(),
                status.missing(),
                status.low(),
                status.veryLow(),
                status.full());
    }
}
